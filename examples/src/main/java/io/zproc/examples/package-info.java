/** What the library is for, each in a program of a dozen lines. */
package io.zproc.examples;
