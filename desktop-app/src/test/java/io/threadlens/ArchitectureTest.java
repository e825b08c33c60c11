package io.threadlens;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The map of the house: who may know whom. */
@AnalyzeClasses(packages = "io.threadlens", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyRecordingUsesArrow =
            noClasses().that().resideOutsideOfPackage("..recording..").should().dependOnClassesThat().resideInAnyPackage("org.apache.arrow..", "com.google.flatbuffers..");

    @ArchTest
    static final ArchRule onlyViewUsesJavaFx = noClasses()
            .that()
            .resideOutsideOfPackage("..view..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx..", "org.controlsfx..", "atlantafx..", "org.kordamp..");

    @ArchTest
    static final ArchRule onlyWireOpensSockets = noClasses()
            .that()
            .resideOutsideOfPackage("..wire..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.Socket")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.ServerSocket")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.nio\\.channels\\..*Socket.*");

    @ArchTest
    static final ArchRule onlyCliUsesPicocli =
            noClasses().that().resideOutsideOfPackage("..cli..").should().dependOnClassesThat().resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule modelDependsOnNothing =
            classes().that().resideInAPackage("..model..").should().onlyDependOnClassesThat().resideInAnyPackage("io.threadlens.model..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule wireKnowsOnlyTheModel = noClasses()
            .that()
            .resideInAPackage("..wire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..recording..", "..session..", "..analysis..", "..timeline..", "..view..", "..cli..");

    @ArchTest
    static final ArchRule recordingKnowsOnlyTheModel = noClasses()
            .that()
            .resideInAPackage("..recording..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..wire..", "..session..", "..analysis..", "..timeline..", "..view..", "..cli..");

    @ArchTest
    static final ArchRule analysisIsHeadless = noClasses()
            .that()
            .resideInAnyPackage("..analysis..", "..timeline..", "..comparison..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx..", "java.awt..", "..view..", "..cli..", "..session..", "..wire..");

    @ArchTest
    static final ArchRule sessionDoesNotKnowTheWindow =
            noClasses().that().resideInAPackage("..session..").should().dependOnClassesThat().resideInAnyPackage("..view..", "..cli..");

    /** Waiting is for sessions and for background work, which has classes of its own; a window that waits is a window that hangs. */
    @ArchTest
    static final ArchRule viewNeverBlocks = noClasses()
            .that()
            .resideInAPackage("..view..")
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "join")
            .orShould()
            .callMethod(Object.class, "wait")
            .orShould()
            .callMethod("io.threadlens.session.LiveSession", "await")
            .orShould()
            .callMethod("java.util.concurrent.CompletableFuture", "join")
            .orShould()
            .callMethod("java.util.concurrent.CompletableFuture", "get")
            .orShould()
            .callMethod("java.util.concurrent.CountDownLatch", "await");

    @ArchTest
    static final ArchRule noCyclesBetweenPackages = slices().matching("io.threadlens.(*)..").should().beFreeOfCycles();
}
