package io.threadlens.recording;

/** What is known of a chunk without reading its rows. */
public record Summary(Nodes nodes, Profile profile, Census census) {}
