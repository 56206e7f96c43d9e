/**
 * Words become calls: one picocli command a class that parses, calls, prints and returns an exit
 * code.
 *
 * <p>Entry point: {@link org.symbreak.cli.Symbreak}. Groups of options that several verbs share are
 * mixins ({@code DataOptions}, {@code NetworkOptions}, {@code OptimizerOptions}, {@code
 * BudgetOptions}, {@code MachineOptions}); {@code Console} is where words come out. May import
 * every other package of Symbreak, but no type of Deeplearning4j, ND4J or DataVec.
 */
package org.symbreak.cli;
