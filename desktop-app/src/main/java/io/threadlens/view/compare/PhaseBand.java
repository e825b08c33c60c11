package io.threadlens.view.compare;

import io.threadlens.comparison.TimeMap;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.lanes.PixelCanvas;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import io.threadlens.view.theme.Theme;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/** Between two timelines: a line from each moment of a at which a phase begins, to that of b. Not there where nothing but beginning and end matches. */
final class PhaseBand extends PixelCanvas {
    private static final double HEIGHT = 20;

    private final LinkedTimelines links;
    private final double left;
    /** Kept here, held weakly by the theme: a window that is closed goes away. */
    private final InvalidationListener themeListener = o -> repaint();

    /** @param left where the lanes begin */
    PhaseBand(LinkedTimelines links, double left, int scale) {
        super(scale);
        this.links = links;
        this.left = left;
        setId("phase-band");
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        show(true);
        Theme.current().addListener(new WeakInvalidationListener(themeListener));
        InvalidationListener changed = o -> repaint();
        links.a().viewport().addListener(changed);
        links.b().viewport().addListener(changed);
    }

    /** Shows it, where there is something to show, or leaves it out. */
    void show(boolean shown) {
        boolean there = shown && !links.phases().isStretched();
        setVisible(there);
        setManaged(there);
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        Palette palette = Theme.current().get().palette();
        g.setFill(palette.subtle());
        g.fillRect(0, 0, width, height);
        g.setFont(Texts.SMALL);
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.LEFT);
        g.setFill(palette.muted());
        g.fillText("Phases, A to B", 12, height / 2);
        Viewport a = links.a().viewport().get();
        Viewport b = links.b().viewport().get();
        g.save();
        g.beginPath();
        g.rect(left, 0, Math.min(width - left, a.width()), height);
        g.clip();
        g.setStroke(palette.muted());
        for (TimeMap.Point point : links.phases().map().points()) {
            double from = left + a.pxOf(point.a());
            double to = left + b.pxOf(point.b());
            if (Math.max(from, to) >= left && Math.min(from, to) <= width) {
                g.strokeLine(from, 0, to, height);
            }
        }
        g.restore();
    }
}
