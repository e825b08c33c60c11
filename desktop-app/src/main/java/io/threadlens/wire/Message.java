package io.threadlens.wire;

import io.threadlens.model.RecordingInfo;

/** What an agent sends after its hello. */
public sealed interface Message permits Batch, Message.Ended {
    /** The last message of a stream that was not cut short. */
    record Ended(RecordingInfo.End end) implements Message {}
}
