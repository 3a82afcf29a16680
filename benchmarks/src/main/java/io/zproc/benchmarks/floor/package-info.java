/** What the library is measured against: the raw mechanisms it is made of, and its competitors. */
package io.zproc.benchmarks.floor;
