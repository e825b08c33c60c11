package io.threadlens.analysis;

import java.util.List;

/** No one waits, yet threads slow each other down by counting references to one object. */
final class RefcountRule implements Rule {
    private static final double SHARE = 0.01;
    /** The cost is an upper bound: not all of a line's time goes into counting. */
    private static final double CERTAINTY = 0.8;

    @Override
    public List<Finding> findings(Facts facts) {
        return Refcounts.of(facts.recording()).stream()
                .filter(object -> facts.share(object.seconds()) >= SHARE)
                .map(object -> finding(facts, object))
                .toList();
    }

    private static Finding finding(Facts facts, FoughtOver object) {
        double share = facts.share(object.seconds());
        String which = object.objects() == 1 ? "one " + object.type() : object.objects() + " objects of type " + object.type();
        Places where = new Places();
        object.places().stream().limit(3).forEach(where::add);
        return new Finding(
                FindingClass.REFCOUNT,
                Finding.Severity.ofShare(share),
                "Reference counts of %s are fought over by %s: up to %s of their time"
                        .formatted(which, Say.count(object.threads().size(), "thread"), Say.percent(share)),
                ("Its shared count had changed at %s of %s, on the stacks of %s, most often in %s. An object that one thread has to "
                        + "itself: 0 %%. The cost is an estimate, and an upper bound.")
                        .formatted(
                                Say.percent(object.share()),
                                Say.count(object.looks(), "look"),
                                Say.list(object.threads().stream().map(facts::name).toList()),
                                Say.first(where.list())),
                where.list(),
                object.seconds(),
                CERTAINTY * Confidence.ofTicks(object.looks()),
                Advice.REFCOUNT,
                List.of());
    }
}
