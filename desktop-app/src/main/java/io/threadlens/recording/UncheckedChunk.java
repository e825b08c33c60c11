package io.threadlens.recording;

import io.threadlens.model.ThreadState;

/**
 * A chunk whose rows nobody has checked: reading them all would take longer than a person waits. What cannot be is read as something that can, so that
 * damage harms nobody; {@link Recordings#damage} finds it.
 */
final class UncheckedChunk extends ColumnChunk {
    private final int stackCount;

    UncheckedChunk(TableBatch batch, int firstTick, int endTick, Summary summary, int stackCount) {
        super(batch, firstTick, endTick, summary);
        this.stackCount = stackCount;
    }

    @Override
    public int tick(int row) {
        return Math.clamp(super.tick(row), firstTick(), endTick() - 1);
    }

    @Override
    public int count(int row) {
        return Math.clamp(super.count(row), 1, endTick() - tick(row));
    }

    @Override
    public byte state(int row) {
        return ThreadState.of(super.state(row)).code();
    }

    @Override
    public int stack(int row) {
        int stack = super.stack(row);
        return stack >= 0 && stack < stackCount ? stack : -1;
    }
}
