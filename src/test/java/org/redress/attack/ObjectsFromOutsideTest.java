package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.ProcessEngineException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A variable is data. One that names a class makes the server create an object of the attacker's choice. */
@SuppressWarnings("NullAway.Init")
class ObjectsFromOutsideTest extends AttackTest {

    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer listener;
    private String address;
    private String bareInstance;
    private String instance;

    @BeforeEach
    void somebodyListens() throws Exception {
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        listener.start();
        address = "http://localhost:" + listener.getAddress().getPort() + "/";
        onTheBareEngine().deploy("/engine-rest", "objects.bpmn", model("objects", "", "", ""));
        bareInstance = onTheBareEngine()
                .post("/engine-rest/process-definition/key/objects/start", "{}")
                .body()
                .replaceAll(".*\"id\":\"([^\"]+)\",\"definitionId.*", "$1");
        instance = newCase();
    }

    @AfterEach
    void nobodyListens() {
        listener.stop(0);
    }

    @Test
    void anUploadMakesNoObject() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("type;type=text/plain", Gadget.class.getName());
        parts.put("data;type=application/json", "{\"address\":\"" + address + "\"}");
        onTheBareEngine().multipart("/engine-rest/process-instance/" + bareInstance + "/variables/gadget/data", parts);
        assertThat(calls).hasValue(1);

        HttpResponse<String> answer = signedInAs("admin")
                .multipart("/engine-rest/process-instance/" + instance + "/variables/whenLatest/data", parts);
        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(calls).hasValue(1);
        assertThat(variable(instance, "whenLatest")).isEmpty();
    }

    @Test
    void aValueOfAnyClassIsNotReadBack() {
        String value = "{\"type\":\"Object\",\"value\":\"{\\\"address\\\":\\\"" + address
                + "\\\"}\",\"valueInfo\":{\"objectTypeName\":\"" + Gadget.class.getName()
                + "\",\"serializationDataFormat\":\"application/json\"}}";
        String onBare = "/engine-rest/process-instance/" + bareInstance + "/variables/gadget";
        assertThat(onTheBareEngine().put(onBare, value).statusCode()).isEqualTo(204);
        assertThat(onTheBareEngine().get(onBare).statusCode()).isEqualTo(200);
        int bitten = calls.get();
        assertThat(bitten).isPositive();

        String onProduct = "/engine-rest/process-instance/" + instance + "/variables/whenLatest";
        signedInAs("admin").put(onProduct, value);
        assertThat(signedInAs("admin").get(onProduct).statusCode()).isGreaterThanOrEqualTo(400);
        assertThatThrownBy(() -> runtimeService.getVariable(instance, "whenLatest"))
                .isInstanceOf(ProcessEngineException.class);
        assertThat(calls).hasValue(bitten);
    }

    /** Refused as shipped; it stays so. */
    @ParameterizedTest
    @ValueSource(strings = {"Object", "Bytes"})
    void aSerialisedJavaObjectIsNotTaken(String type) {
        String value = "{\"type\":\"" + type
                + "\",\"value\":\"rO0ABXQAAWE=\",\"valueInfo\":{\"objectTypeName\":\"java.lang.String\","
                + "\"serializationDataFormat\":\"application/x-java-serialized-object\"}}";
        HttpResponse<String> onBare =
                onTheBareEngine().put("/engine-rest/process-instance/" + bareInstance + "/variables/serialised", value);
        HttpResponse<String> onProduct =
                signedInAs("admin").put("/engine-rest/process-instance/" + instance + "/variables/whenLatest", value);
        if (type.equals("Object")) {
            assertThat(onBare.body()).contains("Java serialization format is prohibited");
            assertThat(onProduct.statusCode()).isGreaterThanOrEqualTo(400);
            assertThat(variable(instance, "whenLatest")).isEmpty();
        } else {
            assertThat(variable(instance, "whenLatest")
                            .filter(byte[].class::isInstance)
                            .isPresent())
                    .as("bytes stay bytes")
                    .isEqualTo(onProduct.statusCode() == 204);
        }
    }

    /** Where Spin reads XML, its variables may name entities; nobody reads it here. */
    @Test
    void thereIsNoReaderForXml() {
        String xml = "{\"type\":\"Xml\",\"value\":\"<a/>\"}";
        assertThat(onTheBareEngine()
                        .put("/engine-rest/process-instance/" + bareInstance + "/variables/xml", xml)
                        .body())
                .contains("Cannot find serializer");
        assertThat(signedInAs("admin")
                        .put("/engine-rest/process-instance/" + instance + "/variables/whenLatest", xml)
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(variable(instance, "whenLatest")).isEmpty();
    }
}
