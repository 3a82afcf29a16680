package io.zproc.tcp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may know what. */
@Timeout(60)
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.zproc.tcp");

  @Test
  void shouldReachTheServerThroughCoreAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.zproc.shm..", "net.openhft..", "org.agrona..")
        .check(CLASSES);
  }

  @Test
  void shouldNeedNoLibraryAndNoGatewayInAClient() {
    noClasses()
        .that()
        .resideInAPackage("..tcp.internal.client..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.zeromq..", "zmq..", "..tcp.internal.gateway..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("..tcp.internal.gateway..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..tcp.internal.client..")
        .check(CLASSES);
  }
}
