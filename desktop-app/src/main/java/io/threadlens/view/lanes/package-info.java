/** The timeline: overview, ruler, thread headers and lanes. */
@NullMarked
package io.threadlens.view.lanes;

import org.jspecify.annotations.NullMarked;
