package org.redress.engine;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantCommandChecker;
import org.camunda.bpm.engine.impl.identity.PasswordPolicyLengthRuleImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.jobexecutor.CallerRunsRejectedJobsHandler;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Our guard, our checks and the measured settings, put into the engine before it is built. */
@Component
@DependsOnDatabaseInitialization
@EnableConfigurationProperties({EngineSetup.Searches.class, EngineSetup.Limits.class})
class EngineSetup extends AbstractProcessEnginePlugin {

    /**
     * @param searchableVariables the plain facts of a case by which people may narrow their lists; none by itself
     */
    @ConfigurationProperties("redress")
    record Searches(@DefaultValue Set<String> searchableVariables) {}

    /**
     * How much one request may ask for and send.
     *
     * @param rows most rows of a list
     * @param body most bytes that are sent to the engine's doors
     */
    @ConfigurationProperties("redress.limits")
    record Limits(@DefaultValue("2000") int rows, @DefaultValue("1MB") DataSize body) {}

    private final ObjectProvider<FormRule> rules;
    private final ObjectProvider<UnrecordedAnswers> takers;
    private final ObjectProvider<AroundForms> around;
    private final ApplicationContext applicationContext;
    private final VariablesInQueries variablesInQueries;
    private final Limits limits;
    private final SignInFailures signInFailures;
    private final OldPasswords oldPasswords;
    private final PasswordsOnRecord passwords;
    private final RolesApart rolesApart;
    private final AddressesOnRecord mailAddresses;
    private final MailAddresses addresses;
    private final int passwordStrength;

    EngineSetup(
            ObjectProvider<FormRule> rules,
            ObjectProvider<UnrecordedAnswers> takers,
            ObjectProvider<AroundForms> around,
            ApplicationContext applicationContext,
            Searches searches,
            Limits limits,
            SignInFailures signInFailures,
            OldPasswords oldPasswords,
            PasswordChanges passwordChanges,
            MailAddresses mailAddresses,
            HouseRecord house,
            Clock clock,
            @Value("${redress.sign-in.password-strength:10}") int passwordStrength) {
        this.passwordStrength = passwordStrength;
        this.signInFailures = signInFailures;
        this.oldPasswords = oldPasswords;
        this.passwords = new PasswordsOnRecord(passwordChanges, applicationContext, clock);
        this.addresses = mailAddresses;
        this.mailAddresses = new AddressesOnRecord(mailAddresses, house, applicationContext, clock);
        this.rolesApart = new RolesApart(applicationContext, clock);
        this.limits = limits;
        this.applicationContext = applicationContext;
        this.rules = rules;
        this.takers = takers;
        this.around = around;
        this.variablesInQueries = new VariablesInQueries(searches.searchableVariables());
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setExpressionManager(new NoExpressionsInQueries(applicationContext, configuration.getBeans()));
        configuration.setQueryMaxResultsLimit(limits.rows());
        configuration.setIdentityProviderSessionFactory(SlowedSignIn.factory(signInFailures, oldPasswords));
        // The engine still checks by its own what it hashed by its own.
        configuration.setPasswordEncryptor(new SlowPasswords(passwordStrength));
        // Checked in PasswordsOnRecord, with words of ours; said here too, so that Admin tells before it is sent.
        configuration.setPasswordPolicy(() -> List.of(new PasswordPolicyLengthRuleImpl(PasswordsOnRecord.SHORTEST)));
        configuration.setEnablePasswordPolicy(true);
        configuration.setScriptEngineResolver(new NoScripts());
        configuration.setEnableFetchScriptEngineFromProcessApplication(false);
        configuration.setEnforceHistoryTimeToLive(true);
        configuration.setEnforceSpecificVariablePermission(true);
        configuration.setDeserializationTypeValidationEnabled(true);
        configuration.setGroupResourceWhitelistPattern("[a-zA-Z0-9.\\-]+");
        configuration.setUserResourceWhitelistPattern("[a-zA-Z0-9.@_\\-]+");
        // Measured on PostgreSQL: with these two the jobs that are due are found among many future ones, in their
        // order.
        configuration.setEnsureJobDueDateNotNull(true);
        configuration.setJobExecutorAcquireByDueDate(true);
        configuration.setResourceAuthorizationProvider(new NoGrantPerTask());
        configuration.setCustomSessionFactories(List.of(
                GuardedTaskManager.factory(variablesInQueries, () -> applicationContext.getBean(Parties.class)),
                GuardedVariables.factory()));
        configuration.setCommandCheckers(List.of(new TenantCommandChecker(), new GuardedCommandChecker()));
        Interceptors.add(
                configuration::getCustomPreCommandInterceptorsTxRequired,
                configuration::setCustomPreCommandInterceptorsTxRequired,
                new InvalidInputUnwrapper());
        Interceptors.add(
                configuration::getCustomPostCommandInterceptorsTxRequired,
                configuration::setCustomPostCommandInterceptorsTxRequired,
                variablesInQueries,
                new NobodyBringsCode(),
                new CaseNumbersStay(),
                new NothingIsLost(),
                new AccountsStay(),
                passwords,
                rolesApart,
                mailAddresses,
                new LongLists(limits.rows()),
                new TaskCommandGuard());
        add(configuration, AroundForms::before);
        Interceptors.add(
                configuration::getCustomPostCommandInterceptorsTxRequired,
                configuration::setCustomPostCommandInterceptorsTxRequired,
                new FormGate(() -> rules.orderedStream().toList()),
                new UnrecordedFields(() -> takers.orderedStream().toList()),
                new FormView());
        add(configuration, AroundForms::after);
        List<BpmnParseListener> listeners = configuration.getCustomPreBPMNParseListeners();
        List<BpmnParseListener> all = listeners == null ? new ArrayList<>() : new ArrayList<>(listeners);
        all.add(new ModelsWithoutCode());
        all.add(new SecondPerson(addresses));
        all.add(new CaseNumberOnTasks());
        configuration.setCustomPreBPMNParseListeners(all);
        // After the engine has read what a diagram says itself.
        List<BpmnParseListener> last = configuration.getCustomPostBPMNParseListeners();
        List<BpmnParseListener> allLast = last == null ? new ArrayList<>() : new ArrayList<>(last);
        allLast.add(new UsualRetries());
        configuration.setCustomPostBPMNParseListeners(allLast);
    }

    private void add(ProcessEngineConfigurationImpl configuration, Function<AroundForms, CommandInterceptor> place) {
        Interceptors.add(
                configuration::getCustomPostCommandInterceptorsTxRequired,
                configuration::setCustomPostCommandInterceptorsTxRequired,
                around.orderedStream().map(place).toArray(CommandInterceptor[]::new));
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl configuration) {
        // With many timers due at once the acquiring thread lends a hand instead of losing its lock (measured: 5 times
        // as fast).
        JobExecutor executor = configuration.getJobExecutor();
        if (executor != null) {
            executor.setRejectedJobsHandler(new CallerRunsRejectedJobsHandler());
        }
    }
}
