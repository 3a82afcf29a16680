package io.zproc.testing;

/**
 * The dictionary when its reads come from a copy: the same, among the cached states of one client.
 */
public abstract class CachedStateContract extends StateContract {

  @Override
  protected void openStates(String namespace) {
    state = context.<String, Object>state(namespace).cached();
    other = state.fork();
  }
}
