package io.threadlens.view.compare;

/**
 * Round numbers beside an axis that begins at 0.
 *
 * @param step from one to the next
 * @param end  the last of them, not less than what was to be shown
 */
record Axis(double step, double end) {
    private static final double[] ROUND = {1, 2, 5, 10};

    /** @param lines at most about so many */
    static Axis of(double most, int lines) {
        if (!(most > 0)) {
            return new Axis(1, 1);
        }
        double least = most / Math.max(1, lines);
        double ten = Math.pow(10, Math.floor(Math.log10(least)));
        double step = 10 * ten;
        for (double round : ROUND) {
            if (round * ten >= least * (1 - 1e-9)) {
                step = round * ten;
                break;
            }
        }
        return new Axis(step, step * Math.ceil(most / step - 1e-9));
    }

    int lines() {
        return (int) Math.round(end / step);
    }

    double at(int line) {
        return line * step;
    }
}
