package io.zproc.shm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may know what. */
@Timeout(60)
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.zproc");

  private static final String SHM = "io.zproc.shm..";

  /** Copies what children print, which is what it is for. */
  private static final String OUTPUT_PUMP = "io.zproc.internal.process.OutputPump";

  @Test
  void shouldKeepCoreFreeOfTransportsAndTheirLibraries() {
    noClasses()
        .that()
        .resideInAPackage("io.zproc..")
        .and()
        .resideOutsideOfPackages(SHM, "io.zproc.tcp..", "io.zproc.cli..", "io.zproc.benchmarks..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            SHM, "io.zproc.tcp..", "net.openhft..", "org.agrona..", "jnr..", "org.zeromq..")
        .check(CLASSES);
  }

  @Test
  void shouldShowNoInternalTypeInThePublicApi() {
    classes()
        .that()
        .resideInAnyPackage("io.zproc", "io.zproc.codec")
        .and()
        .arePublic()
        .should(showOnly(publicTypes()))
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> publicTypes() {
    return DescribedPredicate.describe(
        "types that users may know", type -> !type.getPackageName().contains(".internal"));
  }

  private static ArchCondition<JavaClass> showOnly(DescribedPredicate<JavaClass> allowed) {
    return new ArchCondition<>("show only " + allowed.getDescription()) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaMember member : type.getMembers()) {
          boolean visible =
              member.getModifiers().contains(JavaModifier.PUBLIC)
                  || member.getModifiers().contains(JavaModifier.PROTECTED);
          for (JavaClass shown : visible ? shownBy(member) : List.<JavaClass>of()) {
            if (!allowed.test(shown.getBaseComponentType())) {
              events.add(
                  SimpleConditionEvent.violated(
                      type, member.getFullName() + " shows " + shown.getName()));
            }
          }
        }
      }
    };
  }

  private static List<JavaClass> shownBy(JavaMember member) {
    List<JavaClass> shown = new ArrayList<>();
    if (member instanceof JavaCodeUnit unit) {
      shown.add(unit.getRawReturnType());
      shown.addAll(unit.getRawParameterTypes());
    } else if (member instanceof JavaField field) {
      shown.add(field.getRawType());
    }
    return shown;
  }

  @Test
  void shouldKeepInternalPackagesOfTheTransportInOrder() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..shm.internal.os..",
            "..shm.internal.offheap..",
            "..shm.internal.layout..",
            "..shm.internal.ring..",
            "..shm.internal.slots..",
            "..shm.internal.journal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..shm.internal.client..", "..shm.internal.server..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("..shm.internal.client..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..shm.internal.server..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("..shm.internal.server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..shm.internal.client..")
        .check(CLASSES);
  }

  @Test
  void shouldPrintNothingWhenUsedAsALibrary() {
    noClasses()
        .that()
        .resideInAPackage("io.zproc..")
        .and()
        .resideOutsideOfPackages("io.zproc.cli..", "io.zproc.benchmarks..")
        .and()
        .doNotHaveFullyQualifiedName(OUTPUT_PUMP)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(CLASSES);
  }
}
