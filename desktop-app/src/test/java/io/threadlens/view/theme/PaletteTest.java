package io.threadlens.view.theme;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.ThreadState;
import java.util.Arrays;
import java.util.List;
import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How far apart the colours of the states are for people with any kind of colour vision, as distances in CIELAB (ΔE*ab, where about 2 can just be seen). */
class PaletteTest {
    /** Between any two states of the safe colours, for anybody. */
    private static final double LEAST = 20;

    /** Linear RGB as it looks without one kind of cones, by Machado, Oliveira and Fernandes (2009), severity 1. */
    private enum Vision {
        NORMAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
        PROTANOPIA(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
        DEUTERANOPIA(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
        TRITANOPIA(1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900);

        private final double[] m;

        Vision(double... m) {
            this.m = m;
        }

        double[] see(Color color) {
            double[] c = {linear(color.getRed()), linear(color.getGreen()), linear(color.getBlue())};
            double[] seen = new double[3];
            for (int i = 0; i < 3; i++) {
                seen[i] = Math.clamp(m[3 * i] * c[0] + m[3 * i + 1] * c[1] + m[3 * i + 2] * c[2], 0, 1);
            }
            return seen;
        }
    }

    /** Unknown is left out: it is hatched all over, which is what tells it from idle. */
    private static final List<ThreadState> STATES = Arrays.stream(ThreadState.values()).filter(state -> state != ThreadState.UNKNOWN).toList();

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT_SAFE", "DARK_SAFE"})
    void noTwoStatesOfTheSafeColoursAreTakenForEachOther(Theme theme) {
        for (Vision vision : Vision.values()) {
            for (ThreadState one : STATES) {
                for (ThreadState other : STATES) {
                    if (one.compareTo(other) < 0) {
                        assertThat(distance(theme.palette().of(one), theme.palette().of(other), vision)).as("%s: %s and %s", vision, one, other).isGreaterThan(LEAST);
                    }
                }
            }
        }
    }

    /** The measure can fail: the standard colours, which are for normal vision, do not reach it. */
    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void theStandardColoursAreNotSafe(Theme theme) {
        assertThat(distance(theme.palette().of(ThreadState.RUNNING), theme.palette().of(ThreadState.NATIVE), Vision.TRITANOPIA)).isLessThan(LEAST);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void whatBecameMoreIsNotTakenForWhatBecameLess(Theme theme) {
        for (Vision vision : Vision.values()) {
            assertThat(distance(DifferenceColours.of(theme.palette(), true), DifferenceColours.of(theme.palette(), false), vision)).as("%s", vision).isGreaterThan(2 * LEAST);
        }
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void whatIsWrittenOnAStateCanBeRead(Theme theme) {
        for (ThreadState state : STATES) {
            double ground = luminance(theme.palette().of(state));
            double text = luminance(theme.palette().textOn(state));
            double contrast = (Math.max(ground, text) + 0.05) / (Math.min(ground, text) + 0.05);
            assertThat(contrast).as(state.label()).isGreaterThan(2.7);
        }
    }

    private static double distance(Color one, Color other, Vision vision) {
        double[] a = lab(vision.see(one));
        double[] b = lab(vision.see(other));
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    /** CIELAB under D65. */
    private static double[] lab(double[] rgb) {
        double x = f((0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047);
        double y = f(0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2]);
        double z = f((0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double f(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    private static double luminance(Color color) {
        return 0.2126 * linear(color.getRed()) + 0.7152 * linear(color.getGreen()) + 0.0722 * linear(color.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}
