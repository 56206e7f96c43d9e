/**
 * What a run is made of: its description as one value, its defaults, how it is written and read.
 *
 * <p>Entry point: {@link org.symbreak.setting.RunSpec}.
 */
package org.symbreak.setting;
