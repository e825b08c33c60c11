package io.threadlens.view.compare;

/** What the sides are called on the screen: a is the baseline, b what it is compared with. */
public record SideNames(String a, String b) {
    String of(boolean a) {
        return a ? this.a : b;
    }

    String other(boolean a) {
        return of(!a);
    }
}
