package io.threadlens.view.theme;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** Icons at the size of the text beside them. */
public final class Icons {
    private Icons() {}

    public static FontIcon of(Ikon icon) {
        FontIcon view = new FontIcon(icon);
        view.setIconSize(16);
        return view;
    }
}
