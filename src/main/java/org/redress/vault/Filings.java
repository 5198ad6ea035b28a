package org.redress.vault;

/** Who filed a case from outside: a partner adds documents to its own filings, and to no other. */
public interface Filings {

    /** Whether this account filed this case. */
    boolean filedBy(String caller, String caseNumber);
}
