package io.threadlens.view.theme;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;

/** Fonts of painted text, and how wide it is. Belongs to the JavaFX thread. */
public final class Texts {
    public static final Font BODY = Font.font(Font.getDefault().getFamily(), 12);
    public static final Font BOLD = Font.font(Font.getDefault().getFamily(), FontWeight.BOLD, 12);
    public static final Font SMALL = Font.font(Font.getDefault().getFamily(), 11);

    private static final int MOST = 4096;
    private static final Map<String, Double> WIDTHS = new LinkedHashMap<>();
    private static final Text RULE = new Text();

    private Texts() {}

    public static double width(String text, Font font) {
        String key = font.getName() + font.getSize() + text;
        Double known = WIDTHS.get(key);
        if (known != null) {
            return known;
        }
        RULE.setFont(font);
        RULE.setText(text);
        double width = RULE.getLayoutBounds().getWidth();
        if (WIDTHS.size() >= MOST) {
            WIDTHS.clear();
        }
        WIDTHS.put(key, width);
        return width;
    }

    /** The text cut to a width, with an ellipsis where it was cut; empty where not even that has room. */
    public static String fitting(String text, Font font, double width) {
        if (width(text, font) <= width) {
            return text;
        }
        int low = 0;
        int high = text.length();
        while (low < high) {
            int mid = (low + high + 1) / 2;
            if (width(text.substring(0, mid) + "…", font) <= width) {
                low = mid;
            } else {
                high = mid - 1;
            }
        }
        return low < 2 ? "" : text.substring(0, low) + "…";
    }

    /** The same, cut in the middle: the end of a name is what tells the threads of a pool apart. */
    public static String fittingBothEnds(String text, Font font, double width) {
        String fitting = text;
        for (int kept = text.length() - 1; kept > 2 && width(fitting, font) > width; kept--) {
            fitting = text.substring(0, kept - kept / 2) + "…" + text.substring(text.length() - kept / 2);
        }
        return fitting;
    }
}
