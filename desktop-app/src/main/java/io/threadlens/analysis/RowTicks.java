package io.threadlens.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of a table with the ticks at which they begin and end: a few numbers each, where there may be millions. */
final class RowTicks {
    private static final int NUMBERS = 3;

    /** Makes something of a row; {@code to} excluded. */
    interface Reader<T> {
        T read(int row, int from, int to);
    }

    private int[] numbers = new int[16 * NUMBERS];
    private int count;

    void add(int row, int from, int to) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = row;
        numbers[count++] = from;
        numbers[count++] = to;
    }

    <T> List<T> map(Reader<T> reader) {
        List<T> all = new ArrayList<>(count / NUMBERS);
        for (int i = 0; i < count; i += NUMBERS) {
            all.add(reader.read(numbers[i], numbers[i + 1], numbers[i + 2]));
        }
        return all;
    }
}
