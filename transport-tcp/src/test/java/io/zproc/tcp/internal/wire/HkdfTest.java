package io.zproc.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The vectors of RFC 5869, appendix A.1 to A.3. */
@Timeout(30)
class HkdfTest {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static byte[] range(int from, int to) {
    byte[] bytes = new byte[to - from];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }

  private static String repeated(String hex, int times) {
    return hex.repeat(times);
  }

  @Test
  void shouldMakeTheKeyOfTheFirstVector() {
    assertThat(Hkdf.derive(range(0, 13), hex(repeated("0b", 22)), range(0xf0, 0xfa), 42))
        .isEqualTo(
            hex(
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
                    + "34007208d5b887185865"));
  }

  @Test
  void shouldMakeTheKeyOfTheSecondVectorWhenAllIsLong() {
    assertThat(Hkdf.derive(range(0x60, 0xb0), range(0, 0x50), range(0xb0, 0x100), 82))
        .isEqualTo(
            hex(
                "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                    + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                    + "cc30c58179ec3e87c14c01d5c1f3434f1d87"));
  }

  @Test
  void shouldMakeTheKeyOfTheThirdVectorWhenSaltAndInfoAreEmpty() {
    assertThat(Hkdf.derive(new byte[0], hex(repeated("0b", 22)), new byte[0], 42))
        .isEqualTo(
            hex(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                    + "9d201395faa4b61a96c8"));
  }

  @Test
  void shouldRefuseALengthThatTheAlgorithmDoesNotHave() {
    assertThatThrownBy(() -> Hkdf.derive(new byte[1], new byte[1], new byte[0], 255 * 32 + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
