package io.threadlens.analysis;

import io.threadlens.model.Frame;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the lines of a finding: each once, the most important first, unknown ones left out. */
final class Places {
    private final Set<Frame> places = new LinkedHashSet<>();

    Places add(@Nullable Frame place) {
        if (place != null) {
            places.add(place);
        }
        return this;
    }

    List<Frame> list() {
        return new ArrayList<>(places);
    }
}
