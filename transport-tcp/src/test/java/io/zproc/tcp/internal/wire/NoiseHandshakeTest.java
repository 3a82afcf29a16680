package io.zproc.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector of the Noise library cacophony for this protocol, and who must fail. */
@Timeout(30)
class NoiseHandshakeTest {
  private static final byte[] PROLOGUE = hex("4a6f686e2047616c74");
  private static final byte[] PSK =
      hex("54686973206973206d7920417573747269616e20706572737065637469766521");
  private static final String FIRST =
      "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c7944"
          + "7c37a89fc17813788d30df2d59501d6066f5f8aecc3406bbd9829f2d24a531b1";
  private static final String SECOND =
      "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f144808843"
          + "2f29d79368ef9de4e1ae7a362fb05bf0ad668e026bf5714554497b3a720461";
  private static final byte[] NOTHING = {};

  private final NoiseHandshake client = new NoiseHandshake(PROLOGUE, PSK);
  private final NoiseHandshake gateway = new NoiseHandshake(PROLOGUE, PSK);

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  /** The pair of a private key that is known. */
  private static X25519 pair(String privateKey) throws GeneralSecurityException {
    PrivateKey key =
        KeyFactory.getInstance("X25519")
            .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, hex(privateKey)));
    byte[] base = new byte[X25519.KEY_LENGTH];
    base[0] = 9;
    return new X25519(key, new X25519(key, base).agree(base));
  }

  private static byte[] encrypt(byte[] key, int nonce, byte[] plain) {
    byte[] sealed = new byte[plain.length + AesGcm.TAG_LENGTH];
    new AesGcm(key).seal(nonce, NOTHING, plain, 0, plain.length, sealed, 0);
    return sealed;
  }

  @Test
  void shouldSayWhatOtherLibrariesSay() throws GeneralSecurityException {
    X25519 initiator = pair("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a");
    X25519 responder = pair("bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b");
    byte[] payload = hex("4c756477696720766f6e204d69736573");
    byte[] answer = hex("4d757272617920526f746862617264");
    byte[] first = client.writeFirst(initiator, payload);
    assertThat(first).isEqualTo(hex(FIRST));
    assertThat(gateway.readFirst(first)).isEqualTo(payload);
    byte[] second = gateway.writeSecond(responder, first, answer);
    assertThat(second).isEqualTo(hex(SECOND));
    assertThat(client.readSecond(second)).isEqualTo(answer);
    SessionKeys keys = client.split();
    assertThat(encrypt(keys.toGateway(), 0, hex("462e20412e20486179656b")))
        .isEqualTo(hex("7c01e898a6201f36aecee532e29cd0b7f8ffa29d3366ad0dce39a6"));
    assertThat(encrypt(keys.toClient(), 0, hex("4361726c204d656e676572")))
        .isEqualTo(hex("a9ff535aace3db6a1da1a7fb00fe2de2622bb373abad9fb42c00e0"));
    assertThat(encrypt(keys.toGateway(), 1, hex("4a65616e2d426170746973746520536179")))
        .isEqualTo(hex("6cfc49a3e65472edc2d0152abe5ce950170a8a47c959f30bd48b5f0aacf29adbfd"));
    SessionKeys same = gateway.split();
    assertThat(same.toGateway()).isEqualTo(keys.toGateway());
    assertThat(same.toClient()).isEqualTo(keys.toClient());
  }

  @Test
  void shouldGetOtherKeysWhenItIsDoneAgain() throws InvalidKeyException {
    byte[] first = client.writeFirst(X25519.generate(), NOTHING);
    NoiseHandshake again = new NoiseHandshake(PROLOGUE, PSK);
    assertThat(gateway.readFirst(first)).isEmpty();
    assertThat(again.readFirst(first)).isEmpty();
    gateway.writeSecond(X25519.generate(), first, NOTHING);
    again.writeSecond(X25519.generate(), first, NOTHING);
    assertThat(gateway.split().toClient()).isNotEqualTo(again.split().toClient());
  }

  @Test
  void shouldFailWhenTheSecretOrWhatWasSaidBeforeDiffers() {
    byte[] first = client.writeFirst(X25519.generate(), NOTHING);
    byte[] otherPsk = PSK.clone();
    otherPsk[31] ^= 1;
    assertThat(new NoiseHandshake(PROLOGUE, otherPsk).readFirst(first)).isNull();
    byte[] otherPrologue = PROLOGUE.clone();
    otherPrologue[0] ^= 1;
    assertThat(new NoiseHandshake(otherPrologue, PSK).readFirst(first)).isNull();
  }

  @Test
  void shouldFailWhenAnyBitOfAMessageIsChanged() throws InvalidKeyException {
    X25519 own = X25519.generate();
    byte[] first = client.writeFirst(own, NOTHING);
    for (int bit = 0; bit < first.length * Byte.SIZE; bit++) {
      byte[] changed = first.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(new NoiseHandshake(PROLOGUE, PSK).readFirst(changed)).isNull();
    }
    assertThat(gateway.readFirst(first)).isEmpty();
    byte[] second = gateway.writeSecond(X25519.generate(), first, NOTHING);
    for (int bit = 0; bit < second.length * Byte.SIZE; bit++) {
      byte[] changed = second.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      NoiseHandshake fresh = new NoiseHandshake(PROLOGUE, PSK);
      fresh.writeFirst(own, NOTHING);
      assertThat(fresh.readSecond(changed)).isNull();
    }
    assertThat(client.readSecond(second)).isEmpty();
  }

  /** Those of order 1, 2, 4 and 8, and with p added. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "39382357235489614581723060781553021112529911719440698176882885853963445705823",
        "325606250916557431795983626356110631294008115727848805560023387167927233504",
        "57896044618658097711785492504343953926634992332820282019728792003956564819948",
        "57896044618658097711785492504343953926634992332820282019728792003956564819949",
        "57896044618658097711785492504343953926634992332820282019728792003956564819950"
      })
  void shouldRefuseAPublicKeyThatMakesASecretKnownToAll(String u) {
    byte[] bigEndian = new BigInteger(u).toByteArray();
    byte[] key = new byte[X25519.KEY_LENGTH];
    for (int i = 0; i < Math.min(key.length, bigEndian.length); i++) {
      key[i] = bigEndian[bigEndian.length - 1 - i];
    }
    assertThatThrownBy(() -> X25519.generate().agree(key)).isInstanceOf(InvalidKeyException.class);
    byte[] message = Arrays.copyOf(key, NoiseHandshake.MESSAGE_LENGTH);
    client.writeFirst(X25519.generate(), NOTHING);
    assertThatThrownBy(() -> client.readSecond(message)).isInstanceOf(InvalidKeyException.class);
  }
}
