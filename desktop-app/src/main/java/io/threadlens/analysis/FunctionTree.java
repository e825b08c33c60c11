package io.threadlens.analysis;

import io.threadlens.recording.Recording;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The stacks of a recording, merged: callers and what they call, as functions; stacks that differ in lines alone are one node. Node 0 is the root, and stands
 * for no function; node 1 stands for stacks that are not known. A caller's number is less than that of what it calls. Immutable; a later one shares what both have.
 */
final class FunctionTree {
    static final int ROOT = 0;
    static final int NOT_KNOWN = 1;

    private final int nodes;
    private final int[] parents;
    private final int[] functionOf;
    private final boolean[] repeats;
    private final Function[] functions;
    private final int functionCount;

    private FunctionTree(Growing from) {
        nodes = from.nodes;
        parents = from.parents;
        functionOf = from.functionOf;
        repeats = from.repeats;
        functions = from.functions;
        functionCount = from.functionCount;
    }

    int nodes() {
        return nodes;
    }

    int parent(int node) {
        return parents[node];
    }

    /** The number of a node's function; −1 for the root. */
    int functionOf(int node) {
        return functionOf[node];
    }

    /** Whether a caller of the node is of the same function. */
    boolean repeats(int node) {
        return repeats[node];
    }

    int functionCount() {
        return functionCount;
    }

    Function function(int number) {
        return functions[number];
    }

    /** Merges the stacks of a recording, each once; one thread at a time. */
    static final class Growing {
        private static final int FREE = -1;

        private final Recording recording;
        private int nodes;
        private int[] parents = new int[256];
        private int[] functionOf = new int[256];
        private boolean[] repeats = new boolean[256];
        private Function[] functions = new Function[64];
        private int functionCount;
        private final Map<Function, Integer> numbers = new HashMap<>();
        private int[] functionOfFrame = new int[0];
        private int[] nodeOfStack = new int[256];
        private int stacks;
        /** The nodes by caller and function, at the first free place from their hash on. */
        private int[] places = new int[1024];

        Growing(Recording recording) {
            this.recording = recording;
            Arrays.fill(places, FREE);
            append(-1, -1);
            node(ROOT, number(Function.NOT_KNOWN));
        }

        /** The node of a stack; merges it and those before it where that has not been done. */
        int nodeOf(int stack) {
            if (stack >= nodeOfStack.length) {
                nodeOfStack = Arrays.copyOf(nodeOfStack, Math.max(stack + 1, 2 * nodeOfStack.length));
            }
            for (; stacks <= stack; stacks++) {
                int parent = recording.parent(stacks);
                nodeOfStack[stacks] = node(parent < 0 ? ROOT : nodeOfStack[parent], functionOfLeaf(stacks));
            }
            return nodeOfStack[stack];
        }

        FunctionTree snapshot() {
            return new FunctionTree(this);
        }

        private int functionOfLeaf(int stack) {
            int frame = recording.frame(stack);
            if (frame >= functionOfFrame.length) {
                int known = functionOfFrame.length;
                functionOfFrame = Arrays.copyOf(functionOfFrame, Math.max(frame + 1, 2 * known));
                Arrays.fill(functionOfFrame, known, functionOfFrame.length, -1);
            }
            if (functionOfFrame[frame] < 0) {
                functionOfFrame[frame] = number(Function.of(Objects.requireNonNull(recording.leaf(stack))));
            }
            return functionOfFrame[frame];
        }

        private int number(Function function) {
            Integer known = numbers.get(function);
            if (known != null) {
                return known;
            }
            if (functionCount == functions.length) {
                functions = Arrays.copyOf(functions, 2 * functionCount);
            }
            functions[functionCount] = function;
            numbers.put(function, functionCount);
            return functionCount++;
        }

        private int node(int parent, int function) {
            int place = place(parent, function);
            for (; places[place] != FREE; place = place + 1 & places.length - 1) {
                int node = places[place];
                if (parents[node] == parent && functionOf[node] == function) {
                    return node;
                }
            }
            int node = append(parent, function);
            places[place] = node;
            if (2 * nodes > places.length) {
                rehash();
            }
            return node;
        }

        private int append(int parent, int function) {
            if (nodes == parents.length) {
                parents = Arrays.copyOf(parents, 2 * nodes);
                functionOf = Arrays.copyOf(functionOf, 2 * nodes);
                repeats = Arrays.copyOf(repeats, 2 * nodes);
            }
            parents[nodes] = parent;
            functionOf[nodes] = function;
            repeats[nodes] = isAbove(parent, function);
            return nodes++;
        }

        private boolean isAbove(int from, int function) {
            for (int node = from; node > ROOT; node = parents[node]) {
                if (functionOf[node] == function) {
                    return true;
                }
            }
            return false;
        }

        private int place(int parent, int function) {
            int hash = parent * 0x9E3779B1 + function * 0x85EBCA77;
            return (hash ^ hash >>> 15) & places.length - 1;
        }

        private void rehash() {
            places = new int[2 * places.length];
            Arrays.fill(places, FREE);
            for (int node = ROOT + 1; node < nodes; node++) {
                int place = place(parents[node], functionOf[node]);
                while (places[place] != FREE) {
                    place = place + 1 & places.length - 1;
                }
                places[place] = node;
            }
        }
    }
}
