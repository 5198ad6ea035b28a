package org.redress.governance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The role of the Steering Committee is no seat: evidence is read for an organisation that holds one today, and by none that is
 * a party, known as one or not yet (contract, "Who may act").
 */
@SuppressWarnings("NullAway.Init")
class WhoeverHasASeatReadsTest extends CalendarTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CONCERN = "C-2026-9701";
    private static final String APPLICATION = "M-2026-9701";
    private static final String SECRET = "the guards of the northern gate";
    private static final String GOVERNMENT = "org-member-gov";
    private static final String COMPANY = "org-member";
    private static final String NGO = "org-member-ngo";
    private static final String SEATLESS = "seatless-role";

    @Autowired
    private Parties parties;

    @BeforeEach
    void twoCasesWithEvidence() throws Exception {
        admit(GOVERNMENT, "government", "FULL");
        admit(COMPANY, "corporate", "FULL");
        admit(NGO, "ngo", "FULL");
        seat(GOVERNMENT);
        seat(NGO);
        User seatless = identityService.newUser(SEATLESS);
        seatless.setPassword(SEATLESS);
        identityService.saveUser(seatless);
        identityService.createMembership(SEATLESS, "steering-committee");
        for (String number : new String[] {CONCERN, APPLICATION}) {
            jdbc.sql("insert into case_file (case_number, process_instance_id, received_at) values (?, 'none', ?)")
                    .params(number, Timestamp.from(Instant.parse("2026-02-02T09:00:00Z")))
                    .update();
            assertThat(add(number, number.equals(CONCERN) ? "concern" : "application"))
                    .isEqualTo(201);
        }
    }

    @AfterEach
    void forget() {
        identityService.deleteUser(SEATLESS);
        jdbc.sql("delete from case_party where case_number in (?, ?)")
                .params(CONCERN, APPLICATION)
                .update();
        jdbc.sql("delete from vault_file where key_id in (select id from vault_key where case_number in (?, ?))")
                .params(CONCERN, APPLICATION)
                .update();
        jdbc.sql("delete from case_file where case_number in (?, ?)")
                .params(CONCERN, APPLICATION)
                .update();
    }

    @Test
    void theRoleAloneOpensNothingAndASeatThatIsOverNeither() throws Exception {
        parties.add(CONCERN, "member", COMPANY);
        parties.add(CONCERN, "member", GOVERNMENT);
        assertThat(list("steering-committee-ngo", CONCERN)).isEqualTo(200);
        assertThat(list("steering-committee-ngo", APPLICATION)).isEqualTo(200);
        for (String number : new String[] {CONCERN, APPLICATION}) {
            assertThat(list(SEATLESS, number)).as("no organisation").isEqualTo(404);
            assertThat(list("steering-committee-corporate", number))
                    .as("no seat")
                    .isEqualTo(404);
        }
        identityService.createMembership(SEATLESS, "org-luma");
        assertThat(list(SEATLESS, APPLICATION))
                .as("an organisation without a seat")
                .isEqualTo(404);

        terms.running(Term.Office.COMMITTEE_SEAT).stream()
                .filter(term -> term.organisation().equals(NGO))
                .forEach(term -> terms.end(term.id(), LocalDate.parse("2026-02-02"), BY, WHY));
        travelTo("2026-02-03T09:00:00Z");
        assertThat(list("steering-committee-ngo", APPLICATION)).isEqualTo(404);
        assertThat(list("secretariat", APPLICATION)).isEqualTo(200);
    }

    @Test
    void noSeatReadsAConcernBeforeItsPartiesAreKnownAndAPartyNeverByItsSeat() throws Exception {
        for (String seat : new String[] {"steering-committee", "steering-committee-ngo"}) {
            assertThat(list(seat, CONCERN))
                    .as(seat + ", while nobody knows who is concerned")
                    .isEqualTo(404);
        }
        assertThat(list("secretariat", CONCERN)).isEqualTo(200);
        parties.add(CONCERN, "member", COMPANY);
        parties.add(CONCERN, "member", GOVERNMENT);
        assertThat(list("steering-committee-ngo", CONCERN)).isEqualTo(200);
        assertThat(list("steering-committee", CONCERN)).as("the concerned one").isEqualTo(404);
    }

    private int add(String number, String kind) throws Exception {
        String body = "--cut\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n" + kind
                + "\r\n--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"note.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\n" + SECRET + "\r\n--cut--\r\n";
        return send(
                        "secretariat",
                        HttpRequest.newBuilder(files(number))
                                .header("Content-Type", "multipart/form-data; boundary=cut")
                                .POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    private int list(String user, String number) throws Exception {
        HttpResponse<String> answer = send(user, HttpRequest.newBuilder(files(number)));
        assertThat(answer.body()).as(user).doesNotContain(SECRET);
        if (answer.statusCode() == 404) {
            assertThat(answer.body()).as(user).doesNotContain("note.txt");
        }
        return answer.statusCode();
    }

    private URI files(String number) {
        return URI.create("http://localhost:" + port + "/api/cases/" + number + "/files");
    }

    private static HttpResponse<String> send(String user, HttpRequest.Builder request) throws Exception {
        String name = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return HTTP.send(request.header("Authorization", "Basic " + name).build(), BodyHandlers.ofString());
    }
}
