package org.redress.engine;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.digest.PasswordManager;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.util.EncryptionUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The accounts that are there from the start: for the first look one for each role, with the user id as password; in
 * production an administrator from the environment, and no start while a demo account exists.
 */
@Component
@EnableConfigurationProperties(Accounts.Settings.class)
class Accounts {

    /**
     * @param demo whether demo accounts and organisations are made
     * @param admin the administrator of a production system whose people sign in by the engine's own accounts
     * @param signIn how people sign in
     */
    @ConfigurationProperties("redress")
    record Settings(@DefaultValue("false") boolean demo, @DefaultValue Administrator admin, @DefaultValue By signIn) {

        /**
         * @param provider {@code engine} or {@code oidc}
         * @param oidc what a provider's claims may do
         */
        record By(@DefaultValue("engine") String provider, @DefaultValue Claims oidc) {

            boolean aProvider() {
                return provider.equals("oidc");
            }
        }

        /** @param administrators whether they make administrators */
        record Claims(@DefaultValue("false") boolean administrators) {}

        /**
         * @param user id of the administrator
         * @param password first password; changed in the web app Admin afterwards
         */
        record Administrator(@Nullable String user, @Nullable String password) {}
    }

    private record Demo(String user, String role, String organisation, String organisationName) {}

    private static final List<Demo> DEMO = List.of(
            new Demo("downstream", "downstream", "org-downstream", "Halden Electronics (downstream)"),
            new Demo("audit-programme", "audit-programme", "org-audit-programme", "Responsible Metals Audit Programme"),
            new Demo(
                    "audit-programme-2",
                    "audit-programme",
                    "org-audit-programme",
                    "Responsible Metals Audit Programme"),
            new Demo(
                    "audit-programme-3",
                    "audit-programme",
                    "org-audit-programme",
                    "Responsible Metals Audit Programme"),
            new Demo(
                    "audit-programme-4",
                    "audit-programme",
                    "org-audit-programme",
                    "Responsible Metals Audit Programme"),
            new Demo("smelter", "smelter", "org-luma", "Luma Cobalt Refining"),
            new Demo("smelter-b", "smelter", "org-nova", "Nova Metals"),
            new Demo("facilitator", "facilitator", "org-facilitator", "Casa Nova Remedy (facilitator)"),
            new Demo("vsc", "vsc", "org-vsc", "Hearth Case Management"),
            new Demo("provider", "provider", "org-provider", "Harbour Shelter and Health"),
            new Demo("protection", "protection", "org-protection", "Protection desk"),
            new Demo("legal", "legal", "org-legal", "Legal team"),
            new Demo("dpo", "dpo", "org-dpo", "Data protection office"),
            new Demo("secretariat", "secretariat", "org-secretariat", "Secretariat"),
            new Demo("secretariat-2", "secretariat", "org-secretariat", "Secretariat"),
            new Demo("steering-committee", "steering-committee", "org-member-gov", "Government of Valdara"),
            new Demo("steering-committee-corporate", "steering-committee", "org-member", "Tarnwick Minerals"),
            new Demo("steering-committee-ngo", "steering-committee", "org-member-ngo", "Lanternlight Rights Network"),
            new Demo("government-chair", "government-chair", "org-member-gov", "Government of Valdara"),
            new Demo("pillar-government", "pillar-government", "org-pillar-government", "Government pillar"),
            new Demo("pillar-corporate", "pillar-corporate", "org-pillar-corporate", "Corporate pillar"),
            new Demo("pillar-ngo", "pillar-ngo", "org-pillar-ngo", "NGO pillar"),
            new Demo("association", "association", "org-association", "Association"),
            new Demo("member", "member", "org-member", "Tarnwick Minerals"),
            new Demo("member-gov", "member", "org-member-gov", "Government of Valdara"),
            new Demo("member-ngo", "member", "org-member-ngo", "Lanternlight Rights Network"),
            new Demo("partner", "partner", "org-partner", "Outside grievance system"),
            new Demo("overseer", "overseer", "org-overseer", "Overseers"));

    private static final String DEMO_ADMINISTRATOR = "admin";

    /** An account that nobody can use: while the administrators' group is empty, the web apps show their set-up page only. */
    private static final String SET_UP_IS_CLOSED = "set-up-is-closed";

    private final ProcessEngine engine;
    private final Grants grants;
    private final Organisations organisations;
    private final Settings settings;
    private final StartLock starts;
    private final CaseDefaults defaults;
    private final SignedInPeople signedInPeople;

    Accounts(
            ProcessEngine engine,
            Grants grants,
            Organisations organisations,
            Settings settings,
            StartLock starts,
            CaseDefaults defaults,
            SignedInPeople signedInPeople) {
        this.engine = engine;
        this.grants = grants;
        this.organisations = organisations;
        this.settings = settings;
        this.starts = starts;
        this.defaults = defaults;
        this.signedInPeople = signedInPeople;
    }

    @EventListener(ApplicationStartedEvent.class)
    @Order(1)
    void makeInTurn() {
        starts.inTurn(this::make);
    }

    void make() {
        if (!settings.demo()) {
            refuseDemoAccounts();
        }
        grants.make();
        registerDefaultParties();
        if (settings.demo()) {
            DEMO.forEach(this::make);
            user(DEMO_ADMINISTRATOR, DEMO_ADMINISTRATOR, demoAddress(DEMO_ADMINISTRATOR), Roles.ADMINISTRATOR);
        } else if (settings.signIn().aProvider()) {
            closeSetUp();
        } else if (administrators().allMatch(signedInPeople::isOne)) {
            // Those who signed in by a provider have no password.
            administrator();
        }
    }

    private Stream<String> administrators() {
        return engine.getIdentityService().createUserQuery().memberOfGroup(Roles.ADMINISTRATOR).list().stream()
                .map(User::getId)
                .filter(id -> !id.equals(SET_UP_IS_CLOSED));
    }

    private void closeSetUp() {
        if (!settings.signIn().oidc().administrators() && administrators().noneMatch(signedInPeople::isOne)) {
            throw new IllegalStateException("There is no administrator who could sign in by the provider: set"
                    + " REDRESS_SIGNIN_OIDC_ADMINISTRATORS=true, so that the role " + Roles.ADMINISTRATOR
                    + " in the provider's claims makes one");
        }
        user(SET_UP_IS_CLOSED, SignedInPeople.unknownPassword(), "", Roles.ADMINISTRATOR);
    }

    /** Without them no case could be opened; a name is given later ({@link OrganisationsApi}). */
    private void registerDefaultParties() {
        defaults.defaultParties()
                .values()
                .forEach(parties -> parties.forEach((role, organisation) -> {
                    if (!organisations.isRegistered(organisation, role)) {
                        organisations.register(organisation, role, organisation);
                    }
                }));
    }

    private void make(Demo demo) {
        organisations.register(demo.organisation(), demo.role(), demo.organisationName());
        user(demo.user(), demo.user(), demoAddress(demo.user()), demo.role(), demo.organisation());
    }

    private void administrator() {
        String user = settings.admin().user();
        String password = settings.admin().password();
        if (user == null || user.isBlank() || password == null || password.length() < PasswordsOnRecord.SHORTEST) {
            throw new IllegalStateException(
                    "There is no administrator: set REDRESS_ADMIN_USER, and REDRESS_ADMIN_PASSWORD with"
                            + " at least 12 characters");
        }
        user(user, password, "", Roles.ADMINISTRATOR);
    }

    private void refuseDemoAccounts() {
        IdentityService identity = engine.getIdentityService();
        PasswordManager passwords =
                ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getPasswordManager();
        List<String> found = Stream.concat(DEMO.stream().map(Demo::user), Stream.of(DEMO_ADMINISTRATOR))
                .map(id -> (UserEntity) identity.createUserQuery().userId(id).singleResult())
                .filter(Objects::nonNull)
                // Compared here, since a wrong guess through checkPassword would lock a real person out.
                .filter(user ->
                        passwords.check(EncryptionUtil.saltPassword(user.getId(), user.getSalt()), user.getPassword()))
                .map(UserEntity::getId)
                .toList();
        if (!found.isEmpty()) {
            throw new IllegalStateException("Demo accounts exist in this database (" + String.join(", ", found)
                    + "): a production system does not start with them. Use another database, or delete them");
        }
    }

    private static String demoAddress(String user) {
        return user + "@demo.example";
    }

    private void user(String id, String password, String mailAddress, String... groups) {
        IdentityService identity = engine.getIdentityService();
        if (identity.createUserQuery().userId(id).count() > 0) {
            return;
        }
        User user = identity.newUser(id);
        user.setFirstName(id);
        user.setLastName("");
        user.setEmail(mailAddress);
        user.setPassword(password);
        identity.saveUser(user);
        for (String group : groups) {
            identity.createMembership(id, group);
        }
    }
}
