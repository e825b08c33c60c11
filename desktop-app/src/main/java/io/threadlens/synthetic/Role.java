package io.threadlens.synthetic;

/** What a made-up thread is there for. */
enum Role {
    COMPUTE("compute", 16),
    WORKER("worker", 12),
    SOCKET("socket", 12),
    QUEUE("queue", 16),
    TIMER("timer", 8);

    /** Has no factor in common with the size of a block, so that the roles are mixed and each place is taken once. */
    private static final int STRIDE = 27;

    private final String label;
    /** How many there are in each block of threads. */
    private final int share;

    Role(String label, int share) {
        this.label = label;
        this.share = share;
    }

    String label() {
        return label;
    }

    static Role of(int thread) {
        int place = thread * STRIDE % Workload.BLOCK;
        for (Role role : values()) {
            if (place < role.share) {
                return role;
            }
            place -= role.share;
        }
        throw new AssertionError("the shares do not add up to a block");
    }
}
