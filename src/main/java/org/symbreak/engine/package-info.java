/**
 * What takes the steps of a run. A {@link org.symbreak.engine.TrainingProblem} says what is
 * minimized; an {@link org.symbreak.engine.Engine} opens a {@link
 * org.symbreak.engine.TrainingSession} on it. The engines themselves live in the packages below.
 */
package org.symbreak.engine;
