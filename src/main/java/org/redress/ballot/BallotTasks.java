package org.redress.ballot;

import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.redress.deadline.Deadlines;
import org.redress.engine.Lists;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/shared/ballot} asks of Java, in the order of the diagram. */
@Configuration(proxyBeanMethods = false)
class BallotTasks {

    /** Puts the ballot on record and lets out whoever has an interest; run again it is the same ballot. */
    @Bean
    JavaDelegate openBallot(Ballots ballots, BallotProcess balloting) {
        return execution -> {
            execution.setVariable("questionInWords", BallotProcess.questionInWords(execution));
            String ballotId = ballots.open(BallotProcess.opening(execution));
            execution.setVariable(BallotProcess.BALLOT_ID, ballotId);
            execution.setVariable(BallotProcess.CONSENSUS, false);
            balloting.layOut(execution, ballotId);
        };
    }

    /** The vote is open from now until the end of its clock (V01). */
    @Bean
    JavaDelegate callVote(Ballots ballots, Deadlines deadlines) {
        return execution -> {
            Date now = deadlines.now();
            Date closesAt = deadlines.dateOf(execution, "V01", now);
            ballots.callVote(BallotProcess.ballotId(execution), closesAt.toInstant());
            execution.setVariable("voteCalledAt", now);
            execution.setVariable("voteClosesOn", deadlines.day(closesAt));
        };
    }

    /** Closes the ballot and says what it came to; run again it says the same. */
    @Bean
    JavaDelegate countVotes(Ballots ballots) {
        return execution -> {
            String ballotId = BallotProcess.ballotId(execution);
            ballots.close(ballotId);
            Tally tally = ballots.tally(ballotId);
            execution.setVariable(BallotProcess.CONSENSUS, tally.consensus());
            execution.setVariable(BallotProcess.QUORATE, tally.quorate());
            setPercent(execution, "favourTotal", tally.favourTotal());
            setPercent(execution, "favourGov", tally.favour(Pillar.GOVERNMENT));
            setPercent(execution, "favourCorp", tally.favour(Pillar.CORPORATE));
            setPercent(execution, "favourNgo", tally.favour(Pillar.NGO));
            execution.setVariable("ballotCounts", Lists.json(counts(tally)));
        };
    }

    private static Map<String, Tally.Count> counts(Tally tally) {
        Map<String, Tally.Count> counts = new LinkedHashMap<>();
        counts.put("total", tally.total());
        for (Pillar pillar : Pillar.values()) {
            counts.put(pillar.word(), tally.count(pillar));
        }
        return counts;
    }

    private static void setPercent(DelegateExecution execution, String name, OptionalDouble percent) {
        execution.setVariable(name, percent.isPresent() ? percent.getAsDouble() : null);
    }
}
