package org.redress.vault;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Markup;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** The documents of a case for programs (docs/vault.md). A case where somebody has no business is not found. */
@RestController
@RequestMapping("/api/cases/{caseNumber}/files")
class FilesApi {

    private final Files files;
    private final FileSettings settings;
    private final Markup markup;

    FilesApi(Files files, FileSettings settings, Markup markup) {
        this.files = files;
        this.settings = settings;
        this.markup = markup;
    }

    /**
     * A document; of one that the caller may not read only kind, day and size.
     *
     * @param size in bytes
     * @param addedOn day (UTC)
     * @param sha256 of the content as it was added, in hexadecimal
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            @Nullable String id,
            String kind,
            long size,
            LocalDate addedOn,
            @Nullable Instant addedAt,
            @Nullable String addedBy,
            @Nullable String person,
            @Nullable String type,
            @Nullable String name,
            @Nullable String sha256) {

        static Line of(Files.Seen seen) {
            SealedFiles.Document document = seen.document();
            LocalDate day = LocalDate.ofInstant(document.addedAt(), ZoneOffset.UTC);
            SealedFiles.Label label = seen.label();
            return label == null
                    ? new Line(null, document.kind(), document.size(), day, null, null, null, null, null, null)
                    : new Line(
                            document.reference().id().toString(),
                            document.kind(),
                            document.size(),
                            day,
                            document.addedAt(),
                            document.addedBy(),
                            document.subject().person(),
                            document.mediaType(),
                            label.name(),
                            label.sha256());
        }
    }

    /** What the sender gets: enough to prove later what was given, and no way to read it. */
    record Receipt(String kind, String type, long size, Instant addedAt, String sha256) {}

    @GetMapping
    List<Line> list(@PathVariable String caseNumber, Authentication who) {
        return files.shelf(asker(who), caseNumber).orElseThrow(FilesApi::notFound).files().stream()
                .map(Line::of)
                .toList();
    }

    @GetMapping("/{id}")
    ResponseEntity<byte[]> download(@PathVariable String caseNumber, @PathVariable String id, Authentication who) {
        return FileAnswers.of(files.open(asker(who), caseNumber, id).orElseThrow(FilesApi::notFound));
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<Receipt> add(
            @PathVariable String caseNumber,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String person,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Authentication who)
            throws IOException {
        Files.Seen added = files.add(asker(who), caseNumber, kind, person, nameOf(file), bytesOf(file))
                .orElseThrow(FilesApi::notFound);
        SealedFiles.Document document = added.document();
        return ResponseEntity.created(
                        URI.create("/api/cases/" + document.subject().caseNumber() + "/files"))
                .body(new Receipt(
                        document.kind(),
                        document.mediaType(),
                        document.size(),
                        document.addedAt(),
                        Optional.ofNullable(added.label()).orElseThrow().sha256()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(FileRefused refused) {
        return problem(refused.status(), markup.word(refused.messageKey(), refused.details()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> notRead(MultipartException failure) {
        return failure instanceof MaxUploadSizeExceededException
                ? problem(
                        HttpStatus.PAYLOAD_TOO_LARGE,
                        markup.word("files.refused.size", settings.size().toMegabytes()))
                : problem(HttpStatus.BAD_REQUEST, markup.word("files.refused.broken"));
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatusCode status, String detail) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDetail.forStatusAndDetail(status, detail));
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    static @Nullable String nameOf(@Nullable MultipartFile file) {
        return file == null ? null : file.getOriginalFilename();
    }

    static byte @Nullable [] bytesOf(@Nullable MultipartFile file) throws IOException {
        return file == null ? null : file.getBytes();
    }

    static Files.Asker asker(Authentication who) {
        return new Files.Asker(
                who.getName(),
                who.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
