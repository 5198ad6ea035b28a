package org.redress.remedy;

import java.util.List;
import org.redress.remedy.Walk.Script;

/**
 * S01: a boy of eleven sorts cobalt bags at a depot whose ore reaches the smelter Luma. He goes back to school, his mother
 * opens a stall, and the depot's other children get a place to be while their parents work (remedy.md F).
 */
public final class BagSorter {

    private BagSorter() {}

    public static Walk story() {
        return Walk.on(
                        "2026-02-02",
                        """
                        channel: PARTNER_SYSTEM
                        reporterType: NGO
                        anonymous: false
                        contactMode: INTERMEDIARY
                        contact: Sister Amalia, on Sundays after mass; never say the word mine
                        language: fr
                        whatHappened: A boy of eleven sorts ore bags fifty hours a week. He left school in grade four.
                        whereCountry: CD
                        whereSite: Riverside depot
                        whereDistrict: Kolwezi
                        whenFirst: 2025-03
                        whenLatest: 2026-01-20
                        ongoing: UNKNOWN
                        exploitationTypes: [WORST_FORM_CHILD_LABOUR]
                        affectedEstimate: 1
                        childrenInvolved: true
                        allegedActor: The owner of the depot
                        mineral: cobalt
                        desiredOutcome: Back to school, and his mother can feed the family without his wage
                        fearOfRetaliation: LOW
                        consentToShareIdentity: NONE
                        """)
                .then(BagSorter::theAllegationIsVerified)
                .then(BagSorter::theResponseIsDetermined)
                .then(BagSorter::theRemedyIsPlanned)
                .then(BagSorter::theBoyIsHeard)
                .then(BagSorter::theRemedyBegins)
                .then(BagSorter::theBoyIsHelped)
                .then(BagSorter::somebodyStaysInContact)
                .then(BagSorter::theDepotChanges)
                .then(BagSorter::theRemedyIsMonitored)
                .then(BagSorter::theIncidentIsClosed)
                .then(BagSorter::theLessonsAreLearned)
                .end();
    }

    private static void theAllegationIsVerified(Script script) {
        script.on("2026-02-02T15:00")
                .does(
                        "protection",
                        "task_safetyTriage",
                        """
                        immediateDanger: NO
                        stillExploited: NO
                        childInDanger: NO
                        medicalEmergency: NO
                        retaliationRisk: LOW
                        actionTaken: Spoke with Sister Amalia; the boy sleeps at home and nobody threatens the family.
                        """)
                .on("2026-02-11")
                .does(
                        "downstream",
                        "task_screenCredibility",
                        """
                        sourceClass: NGO
                        specificity: 4
                        corroborations: 1
                        contradictions: The depot says that no child works there.
                        factsDisproved: NO
                        conflictOfInterest: NO
                        credibilityJudgement: CREDIBLE
                        credibilityReason: A known organisation says who, what, where and since when.
                        """)
                .on("2026-02-12")
                .does(
                        "downstream",
                        "task_screenActionability",
                        """
                        partnerStatus: CURRENT
                        linkEvidence: CONFIRMED
                        smelters: [org-luma]
                        partnersTraced: Riverside depot, a trader in Kolwezi, Luma
                        actionabilityJudgement: ACTIONABLE
                        actionabilityReason: The delivery notes of Luma name the depot as source.
                        """)
                .on("2026-02-17")
                .does(
                        "audit-programme",
                        "task_openReview",
                        """
                        reviewer: Reviewer one
                        independenceDeclared: true
                        reviewPlan: School registers first, then an unannounced visit to the depot.
                        smelterCooperation: YES
                        forumCheck: NO
                        """)
                .on("2026-03-20")
                .does(
                        "audit-programme",
                        "task_investigate",
                        """
                        investigationMethod: [DESK, INTERVIEWS, SITE_VISIT]
                        sources: School register, delivery notes, two unannounced visits, talks with five families
                        smelterStatement: The depot is one of forty; nobody of ours was ever there.
                        findings: One boy of eleven sorts bags about fifty hours a week instead of going to school.
                        harmFound: YES
                        types: [WORST_FORM_CHILD_LABOUR]
                        affected: 1
                        childrenAffected: 1
                        occurrences90d: 1
                        incidentFirst: 2025-03-01
                        incidentLatest: 2026-01-20
                        interviewsDoNoHarm: true
                        """)
                .on("2026-03-23")
                .does(
                        "audit-programme",
                        "task_decideSubstantiation",
                        """
                        standardUsed: BALANCE
                        substantiationOutcome: SUBSTANTIATED
                        substantiationReason: Register, visit and families say the same.
                        """)
                .on("2026-03-24")
                .does("audit-programme-2", "task_confirmSubstantiation", "secondPersonAgrees: YES")
                .on("2026-03-25")
                .does(
                        "audit-programme",
                        "task_assessLink",
                        """
                        linkKind: CURRENT
                        tradeOngoing: YES
                        firstTrade: 2023-04-01
                        exposureDate: 2026-02-02
                        """);
    }

    private static void theResponseIsDetermined(Script script) {
        script.on("2026-03-27")
                .does("smelter", "task_confirmFacts", "factsAnswer: CONFIRMED")
                .on("2026-03-30")
                .does(
                        "audit-programme",
                        "task_reviewLevel",
                        """
                        reviewOutcome: ACCEPT
                        reviewReason: Trade goes on today, so the first row of the table holds.
                        """)
                .on("2026-03-31")
                .does(
                        "audit-programme",
                        "task_assessInvolvement",
                        """
                        operatorInvolvement: CAUSED
                        operatorInvolvementReason: The owner of the depot took the boy on.
                        smelterInvolvement: CONTRIBUTED
                        smelterInvolvementReason: It bought without looking for years.
                        downstreamInvolvement: LINKED
                        downstreamInvolvementReason: It buys refined cobalt of many sources.
                        """)
                .on("2026-04-03")
                .does(
                        "smelter",
                        "task_enhancedDueDiligence",
                        """
                        firstAction: Age checks at the gate of every depot
                        firstActionOwner: Head of responsible sourcing
                        firstActionDue: 2026-06-30
                        firstActionEvidence: Gate records, seen by the auditor
                        anotherAfterFirst: NO
                        workersLosingIncome: 30
                        effectOnWorkers: Thirty sorters would lose their day wage.
                        victimsAfterwards: Home to the family, with a coordinator who knows the school.
                        relationDecision: CONTINUE
                        mitigationGoal: No child at the gate in three unannounced visits
                        mitigationDue: 2026-09-30
                        relationReason: Who leaves sees the children no more.
                        """)
                .on("2026-04-07")
                .does(
                        "smelter",
                        "task_smelterResponse",
                        """
                        acceptsLevel1: YES
                        acceptsLevel2: YES
                        fundingIntention: ALL
                        proposedFacilitator: org-facilitator
                        levelObjection: NO
                        """)
                .on("2026-04-08")
                .does(
                        "audit-programme",
                        "task_reviewDueDiligence",
                        """
                        dueDiligenceReview: ACCEPT
                        dueDiligenceComment: The gate records will show whether it works.
                        """);
    }

    private static void theRemedyIsPlanned(Script script) {
        script.on("2026-04-10")
                .does(
                        "audit-programme",
                        "task_selectFacilitator",
                        """
                        facilitator: org-facilitator
                        facilitatorType: LOCAL_NGO
                        facilitatorExpertise: [CASE_MANAGEMENT, CHILD_PROTECTION, MINING]
                        inCountryPresence: OFFICE
                        independenceStatement: true
                        facilitatorRelated: NO
                        otherConflicts: NONE
                        safeguardingPolicy: true
                        dataAgreement: true
                        """)
                .on("2026-04-15")
                .does(
                        "smelter",
                        "task_engageFacilitator",
                        """
                        engagement: ENGAGED
                        engagedOn: 2026-04-15
                        engagementNeutral: true
                        """)
                .on("2026-05-04")
                .does(
                        "facilitator",
                        "task_groundAnalysis",
                        """
                        consultedOperator: DONE
                        consultedOperatorOn: 2026-04-22
                        consultedVictims: DONE
                        consultedVictimsOn: 2026-04-24
                        consultedWomen: DONE
                        consultedWomenOn: 2026-04-24
                        consultedOthers: DONE
                        consultedOthersOn: 2026-04-27
                        consultedGovernment: DONE
                        consultedGovernmentOn: 2026-04-28
                        consultedNgos: DONE
                        consultedNgosOn: 2026-04-20
                        consultedUpstream: NOT_THERE
                        consultedExperts: DONE
                        consultedExpertsOn: 2026-04-29
                        servicesThere: [HEALTH, FINANCIAL, REINTEGRATION]
                        serviceMapping: Clinic and primary school in walking distance, a savings group of women
                        doNoHarm: YES
                        harmRisks: [STIGMA, LOSS_OF_INCOME]
                        harmAnswers: No list of names, no visit by car; the stipend replaces the boy's wage.
                        gaps: Nobody looks after small children while their parents sort.
                        causes: School fees, and a wage that feeds half a family.
                        independenceStands: YES
                        """)
                .on("2026-05-05")
                .does(
                        "facilitator",
                        "task_selectCoordinator",
                        """
                        coordinator: org-vsc
                        coordinatorKind: LOCAL_NGO
                        helpsInArea: YES
                        childCover: SPECIALISED
                        caseManagementRegulated: NO
                        coordinatorCapacity: 20
                        coordinatorHours: Every day from seven to ten at night
                        """)
                .on("2026-05-05T15:00")
                .does(
                        "vsc",
                        "task_ongoingExploitationCheck",
                        """
                        stillExploitedNow: NO
                        moreVictims: NO
                        personToRegister: YES
                        """)
                .on("2026-05-06")
                .does(
                        "vsc",
                        "task_registerVictim",
                        """
                        informed: true
                        firstContactOn: 2026-05-06
                        isChild: YES
                        riskLevel: MEDIUM
                        victimName: Josué
                        sex: MALE
                        birthDate: 2015-01-12
                        ageBasis: DOCUMENT
                        languages: Swahili, some French
                        contactRules: Through the mother, at the water tap in the morning
                        currentPlace: With his mother
                        family: Two younger sisters; the father is dead
                        childGuardianPart: NO
                        guardianName: Odette
                        guardianRelation: Mother
                        exploitationType: [WORST_FORM_CHILD_LABOUR]
                        meansOfControl: [EXCESSIVE_HOURS]
                        vulnerabilities: [POVERTY, NO_SCHOOL]
                        identifiedBy: The sisters of the parish
                        identifiedOn: 2026-01-20
                        personToRegister: NO
                        """)
                .on("2026-05-21")
                .does(
                        "vsc",
                        "task_confirmCasePlans",
                        """
                        availabilityCheckedOn: 2026-05-20
                        servicesUnavailableNow: []
                        casePlansToChange: []
                        """)
                .on("2026-05-22")
                .does(
                        "facilitator",
                        "task_designLevel2",
                        """
                        l2Strand: ADDRESS_CAUSES
                        l2Consulted: [COMMUNITIES, WOMEN, AUTHORITIES]
                        l2Problem: Two of three small children are at the depot while their parents work there.
                        l2TargetGroup: Children of the depot's workers, up to fourteen
                        l2Outcomes: "1"
                        l2Outcome1: Children are at school or in the day care while their parents work
                        l2Indicator1: Children of workers at school or in day care on a counted day
                        l2Unit1: % of the children
                        l2Baseline1: 35
                        l2Target1: 80
                        l2TargetDate1: 2027-06-15
                        l2Source1: Registers of the school and the day care
                        l2Method1: [SITE_VISIT, INTERVIEWS]
                        l2Realistic1: YES
                        l2Afterwards1: The town, from its market fees
                        """)
                .on("2026-05-25")
                .does(
                        "facilitator",
                        "task_costPlan",
                        """
                        currency: USD
                        costHealth: 400
                        costFinancial: 1800
                        costReintegration: 2600
                        costCoordinator: 4000
                        costMonitoring1: 1200
                        costActivities: 18000
                        costLocalBodies: 6000
                        costMonitoring2: 2000
                        contingency: 10
                        costAgreedWith: School, clinic, the town and the smelter
                        """)
                .on("2026-05-26")
                .does(
                        "facilitator",
                        "task_submitPlan",
                        """
                        submission: SUBMIT
                        planVersion: "1.0"
                        planSummary: School, health, a stipend and a stall for one family; a day care beside the depot.
                        anonymisedAnnex: YES
                        """)
                .on("2026-06-01")
                .does("smelter", "task_endorsePlan", "endorsement: ENDORSED")
                .on("2026-06-05")
                .does(
                        "audit-programme",
                        "task_reviewPlan",
                        """
                        reviewChecked: [INDEPENDENCE, CONSULTATION, CASE_PLANS, CHILDREN, SERVICES, OUTCOMES, BUDGET]
                        planOutcome: APPROVE
                        reviewReason: The plan says who helps whom, with what and until when.
                        """);
    }

    private static void theBoyIsHeard(Script script) {
        script.on("2026-05-07")
                .does(
                        "vsc",
                        "task_immediateNeeds",
                        """
                        riskLevel: MEDIUM
                        safetyPlan: His uncle walks with him; the owner of the depot was told to leave the family alone.
                        openSafetyRisk: NO
                        wishes: To play football and to read as well as his cousin
                        immediateHelp: [MEALS, CLOTHING]
                        """)
                .on("2026-05-11")
                .does(
                        "vsc",
                        "task_needsAssessment",
                        """
                        needShelter: NO_NEED
                        needHealth: IN_72_HOURS
                        wishHealth: That the cough goes away
                        whereHealth: Clinic of the town
                        needMentalHealth: NO_NEED
                        needLegal: NO_NEED
                        needFinancial: NOW
                        wishFinancial: Money for food, so that he need not work
                        whereFinancial: Our own office
                        needReturn: NO_NEED
                        needReintegration: PLANNED
                        wishReintegration: Grade five, with his friends
                        whereReintegration: Primary school of the town
                        skills: Counts fast, reads a little
                        familySituation: The mother sells water; two sisters are at school
                        placeSafety: GOOD
                        placeFamily: GOOD
                        placeWork: DIFFICULT
                        placeSchool: GOOD
                        placeServices: GOOD
                        placeStigma: GOOD
                        """)
                .on("2026-05-13")
                .does(
                        "vsc",
                        "task_assessBestInterests",
                        """
                        childAtSite: NO
                        schoolAge: YES
                        childHouseholdPoor: YES
                        childHomeSafe: YES
                        childSiblingsAtRisk: YES
                        childGuardianPart: NO
                        childGuardianSafe: YES
                        ageAssessment: Card of the baptism, eleven years
                        childView: Wants to go to school and to help his mother after it
                        bestInterestNote: With his mother and at school, with money in place of his wage
                        """)
                .on("2026-05-14")
                .does(
                        "vsc",
                        "task_guardianConsent",
                        """
                        guardianInformed: true
                        guardianExplained: Swahili, with drawings
                        guardianDecision: GIVEN
                        guardianEvidence: THUMBPRINT
                        guardianConsentOn: 2026-05-14
                        """)
                .on("2026-05-18")
                .does(
                        "vsc",
                        "task_agreeChildRemedy",
                        """
                        agreementContent: Health check, a place in grade five, thirty dollars a month, a stall for the mother
                        stipend: 30
                        noHazardousWork: true
                        childSpecialist: YES
                        childSpecialistName: Hearth, children's desk
                        childAgreement: SIGNED
                        agreementSignedOn: 2026-05-18
                        agreementSigners: The mother and the boy
                        """)
                .on("2026-05-20")
                .does(
                        "vsc",
                        "task_caseManagementPlan",
                        """
                        planDecision: AGREED
                        goals: Grade five passed; the stall feeds the family
                        goalsUntil: 2027-06-30
                        goalsFitPerson: YES
                        goalsFitPlace: YES
                        reintegrationPath: [EDUCATION, FAMILY_LIVELIHOOD]
                        dependencyNote: The stipend ends when the stall earns as much.
                        services: [HEALTH, FINANCIAL, REINTEGRATION]
                        servicesAvailable: YES
                        handoverAt: 2026-05-20
                        monitoringReachable: YES
                        monitoringPlace: At the school gate, on Tuesdays
                        consentServices: true
                        consentSharing: YES
                        consentScope: [PROVIDERS]
                        consentGivenBy: GUARDIAN
                        consentExplained: Swahili, with drawings
                        consentEvidence: THUMBPRINT
                        consentOn: 2026-05-20
                        """);
    }

    private static void theRemedyBegins(Script script) {
        script.on("2026-06-16")
                .does(
                        "facilitator",
                        "task_raiseFunds",
                        """
                        level1FirstNeed: 5500
                        level2FirstNeed: 14000
                        fundsSmelterAsked: 19500
                        fundsSmelterPledged: 39600
                        fundsSmelterReceived: 19500
                        level1Received: 5500
                        level2Received: 14000
                        """)
                .on("2026-06-22")
                .does("audit-programme", "task_confirmFunding", "fundingDecision: START")
                .on("2026-06-29")
                .does(
                        "facilitator",
                        "task_startImplementation",
                        """
                        startedOn: 2026-06-29
                        coordinatorAgreed: true
                        providersAgreed: ALL
                        localBodiesAgreed: ALL
                        privacyAgreed: true
                        """);
    }

    private static void theBoyIsHelped(Script script) {
        script.on("2026-06-29T14:00")
                .does(
                        "vsc",
                        "task_referToService",
                        """
                        serviceGiver: PROVIDER
                        provider: org-provider
                        responseClass: 3D
                        serviceLocation: Clinic of the town
                        dataShared: [AGE, LANGUAGE]
                        referralInfo: A boy of eleven who coughs and was never examined
                        referralConsent: true
                        healthConsent: true
                        """)
                .where("service", "HEALTH")
                .does(
                        "vsc",
                        "task_referToService",
                        """
                        serviceGiver: PROVIDER
                        provider: org-provider
                        responseClass: SCHEDULED
                        serviceLocation: Primary school of the town
                        dataShared: [NAME, AGE, LANGUAGE]
                        referralInfo: A boy who left in grade four and wants to come back
                        referralConsent: true
                        """)
                .where("service", "REINTEGRATION")
                .does(
                        "vsc",
                        "task_referToService",
                        """
                        serviceGiver: COORDINATOR
                        serviceUntil: 2027-06-15
                        """)
                .where("service", "FINANCIAL")
                .on("2026-06-30")
                .does(
                        "provider",
                        "task_confirmService",
                        """
                        providerAnswer: ACCEPTED
                        firstDate: 2026-07-01
                        serviceUntil: 2026-08-14
                        providerContact: The nurse on duty
                        """)
                .where("service", "HEALTH")
                .does(
                        "provider",
                        "task_confirmService",
                        """
                        providerAnswer: ACCEPTED
                        firstDate: 2026-09-07
                        serviceUntil: 2028-06-30
                        providerContact: The head teacher
                        """)
                .where("service", "REINTEGRATION")
                .on("2026-08-06")
                .does(
                        "vsc",
                        "task_legalOptions",
                        """
                        legalExplained: [CIVIL, WAGES]
                        lawyerPresent: NO
                        legalChoice: The mother asks for the wages owed, nothing more
                        owedKind: WAGES
                        amountFixed: YES
                        feesToRepay: 0
                        wagesOwed: 420
                        owedCurrency: USD
                        noPressure: true
                        """)
                .on("2026-08-06T11:00")
                .does(
                        "vsc",
                        "task_reviewCase",
                        review("MONTH_3", "2", "He starts school in September; the cough is gone."))
                .on("2026-08-13")
                .does(
                        "provider",
                        "task_reportService",
                        """
                        serviceOutcome: GIVEN
                        deliveredOn: 2026-07-01
                        endedOn: 2026-08-12
                        qualityNote: Examined, treated, vaccinated
                        serviceCost: 350
                        """)
                .where("service", "HEALTH")
                .on("2026-10-05")
                .does(
                        "vsc",
                        "task_providerQuality",
                        """
                        visits: 2
                        complaints: 0
                        personRating: "5"
                        qualityRemarks: He sits in the second row and is not beaten.
                        qualityOutcome: FINE
                        """)
                .where("service", "REINTEGRATION")
                .on("2026-10-20")
                .does(
                        "vsc",
                        "task_followRepayment",
                        """
                        repaymentState: REPAID
                        feeTaker: The depot, out of its own money
                        paidOn: 2026-10-19
                        repaidBy: MINE_OPERATOR
                        repaymentProof: Counted out before two witnesses
                        """)
                .on("2026-11-05")
                .does("vsc", "task_reviewCase", review("MONTH_6", "2", "He reads; the stall has its first customers."))
                .on("2027-02-04")
                .does("vsc", "task_reviewCase", review("OTHER", "3", "The stall earns on five days of seven."))
                .on("2027-05-04")
                .does(
                        "vsc",
                        "task_reviewCase",
                        review("MONTH_12", "3", "Grade five passed; the stall feeds the family."))
                .on("2027-06-14")
                .does(
                        "vsc",
                        "task_giveOwnHelp",
                        """
                        deliveredOn: 2026-07-01
                        endedOn: 2027-06-14
                        ownHelpNote: Stipend for eleven months; the mother learned to keep books and has her stall
                        personRating: "5"
                        serviceCost: 1700
                        """);
    }

    private static String review(String milestone, String degree, String note) {
        return """
                milestone: %s
                reintegrationDegree: "%s"
                satisfaction: "4"
                reExploitationRisk: LOW
                livelihood: The mother's stall and the stipend
                reviewNote: %s
                reviewOutcome: GO_ON
                """
                .formatted(milestone, degree, note);
    }

    /** Some of the contacts of these months. */
    private static void somebodyStaysInContact(Script script) {
        for (String day : List.of(
                "2026-05-27",
                "2026-06-03",
                "2026-07-06",
                "2026-08-24",
                "2026-11-30",
                "2027-02-22",
                "2027-05-24",
                "2027-07-12")) {
            script.on(day + "T16:00")
                    .does(
                            "vsc",
                            "task_followUp",
                            """
                            contactResult: REACHED
                            contactDate: %s
                            contactWay: IN_PERSON
                            safetyNote: Nobody from the depot has come to the house
                            openSafetyRisk: NO
                            harmedSince: NO
                            backWithThem: NO
                            riskLevel: LOW
                            wellbeing: Laughs, sleeps, eats twice a day
                            goalProgress: On his way to grade six
                            feedback: Likes the teacher, not the uniform
                            changeNeeded: NO
                            """
                                    .formatted(day));
        }
    }

    private static void theDepotChanges(Script script) {
        script.on("2026-09-28").does("facilitator", "task_l2Progress", progress("2026-09-25", 48, 4000, "NONE", "NO"));
        script.on("2026-12-21")
                .does("facilitator", "task_l2Progress", progress("2026-12-15", 66, 11000, "SITE_VISIT", "NO"));
        script.on("2027-03-22").does("facilitator", "task_l2Progress", progress("2027-03-19", 77, 19000, "NONE", "NO"));
        script.on("2027-06-17")
                .does("facilitator", "task_l2Progress", progress("2027-06-15", 84, 25500, "EVALUATION", "YES"))
                .on("2027-06-24")
                .does(
                        "audit-programme",
                        "task_verifyOutcomes",
                        """
                        l2VerificationMethod: [RECORDS, INTERVIEWS]
                        l2Verification: REACHED
                        l2AimsReached: YES
                        l2VerificationReason: We counted on two days, at the school and in the day care.
                        """);
    }

    private static String progress(String day, int percent, int spent, String visit, String finished) {
        return """
                l2Actual: %d
                l2ValueOn: %s
                l2Evidence: Registers of the school and the day care
                l2SiteVisit: %s
                l2Interviews: [BENEFICIARIES, COMMUNITY_LEADERS]
                l2InterviewFindings: Mothers say that the day care opens before their shift.
                l2OnTime: YES
                l2Spent: %d
                l2Finished: %s
                """
                        .formatted(percent, day, visit, spent, finished)
                + (visit.equals("NONE") ? "" : "l2SiteVisitOn: " + day + "\n")
                + (finished.equals("YES") ? "l2FinancialStatement: YES\n" : "");
    }

    private static void theRemedyIsMonitored(Script script) {
        script.on("2026-12-29")
                .does("facilitator", "task_monitoringReport", report("SOME", 3100, 11000))
                .on("2027-01-05")
                .does("smelter", "task_endorseReport", "statement: AGREE")
                .on("2027-01-08")
                .does(
                        "audit-programme",
                        "task_monitoringDecision",
                        """
                        goalsMet: SOME
                        monitoringJudgement: ON_TRACK
                        """)
                .on("2027-06-29")
                .does("facilitator", "task_monitoringReport", report("ALL", 8700, 25500))
                .on("2027-07-02")
                .does("smelter", "task_endorseReport", "statement: AGREE")
                .on("2027-07-06")
                .does(
                        "audit-programme",
                        "task_monitoringDecision",
                        """
                        goalsMet: ALL
                        monitoringJudgement: READY_TO_CLOSE
                        """);
    }

    private static String report(String goals, int spentLevel1, int spentLevel2) {
        return """
                peopleWomen: 0
                peopleMen: 0
                peopleGirls: 0
                peopleBoys: 1
                peopleUnsaid: 0
                safetyRiskOpen: NO
                level2Methods: [SITE_VISIT, BENEFICIARIES]
                level2Findings: More children are at school or in the day care than at the start.
                goalsMet: %s
                spentLevel1: %d
                spentLevel2: %d
                doNoHarmNote: No list of names leaves the coordinator, no visit by car.
                progressSummary: School and health care are taken up; the day care opens before the first shift.
                privacyChecked: true
                """
                .formatted(goals, spentLevel1, spentLevel2);
    }

    private static void theIncidentIsClosed(Script script) {
        script.on("2027-07-14")
                .does(
                        "facilitator",
                        "task_finalReport",
                        """
                        assistanceSummary: One family was helped with health care, school, a stipend and a stall.
                        handoversConfirmed: YES
                        handoverSummaries: YES
                        level1Statement: YES
                        outcomesReached: Four of five children of the workers are at school or in the day care.
                        level2Statement: YES
                        openObligations: School support until June 2028, carried by the coordinator and paid for already.
                        recommendedOutcome: COMPLETED
                        reportPrivacyChecked: true
                        """)
                .on("2027-07-19")
                .does(
                        "smelter",
                        "task_endorseFinalReport",
                        """
                        smelterHandoverRecorded: YES
                        smelterDueDiligence: YES
                        """)
                .on("2027-07-26")
                .does(
                        "audit-programme",
                        "task_checkFinalReport",
                        """
                        complainantHeard: YES
                        dueDiligenceEvidenced: YES
                        emergencyOpen: NO
                        remoteEvidenceOnly: NO
                        waiveMonitoring: NO
                        """)
                .on("2027-07-27")
                .does(
                        "audit-programme",
                        "task_reviewClosing",
                        """
                        closingDecision: CLOSE
                        closingOutcome: COMPLETED
                        """)
                .on("2027-08-03")
                .does("downstream", "task_agreeClosing", "downstreamAnswer: AGREE");
    }

    private static void theLessonsAreLearned(Script script) {
        script.on("2027-08-20")
                .does(
                        "audit-programme",
                        "task_collectLessons",
                        """
                        aimsReached: ALL
                        victimsSatisfied: YES
                        communityBenefited: YES
                        budgetEnough: YES
                        lessonAreas: [channel, risk]
                        whatHappened6: Forty depots deliver, and nobody had asked who looks after the children there.
                        lessonCause: The audit asked about the mine, not about the depots.
                        lessonProposal: Ask at every depot, and paint the number of the hotline on its wall.
                        """)
                .on("2027-08-27")
                .does(
                        "audit-programme",
                        "task_lessonsReview",
                        """
                        rolesHeard: [downstream, smelter, facilitator, vsc, survivors]
                        survivorVoices: PAID
                        lessonActions: [AUDIT_QUESTIONS, SUPPLIER_TERMS]
                        lessonsConclusion: Where parents work without day care, children work.
                        """)
                .on("2027-08-31")
                .does(
                        "audit-programme",
                        "task_publishLessons",
                        """
                        lessonsShareable: Where parents work without day care, children work. Ask at the depots.
                        lessonsSanitised: true
                        """)
                .on("2027-09-06")
                .does(
                        "audit-programme",
                        "task_publishSummary",
                        """
                        summaryKind: RESTRICTED
                        summaryText: Child labour at a depot was verified, remedied and closed; a day care stays.
                        summaryPrivacyChecked: true
                        summaryPlace: To the parties of the case, by letter
                        """)
                .on("2027-09-15")
                .does(
                        "downstream",
                        "task_updateDueDiligence",
                        """
                        actionOwner: Responsible sourcing
                        actionDone: The audit asks each depot for its day care and its age checks.
                        actionDue: 2027-09-30
                        actionEvidence: Audit protocol of September 2027
                        """)
                .where("lessonAction", "AUDIT_QUESTIONS")
                .on("2027-09-24")
                .does(
                        "downstream",
                        "task_updateDueDiligence",
                        """
                        actionOwner: Purchasing
                        actionDone: The terms name the hotline and ask suppliers to paint it on the wall.
                        actionDue: 2027-10-01
                        actionEvidence: Purchasing terms of October 2027
                        """)
                .where("lessonAction", "SUPPLIER_TERMS")
                .on("2028-02-03")
                .does(
                        "audit-programme",
                        "task_verifyUptake",
                        """
                        uptake: ALL
                        uptakeNote: Seen in the protocol of three audits and in the terms.
                        """);
    }
}
