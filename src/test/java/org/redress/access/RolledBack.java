package org.redress.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes back what a request has done, after its answer is written: so everybody tries the same change on the same data. In
 * the one context of all process tests; does nothing without its header.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RolledBack extends OncePerRequestFilter {

    static final String HEADER = "X-Rolled-Back";

    private final ObjectProvider<PlatformTransactionManager> transactions;

    RolledBack(ObjectProvider<PlatformTransactionManager> transactions) {
        this.transactions = transactions;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HEADER) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        PlatformTransactionManager manager = transactions.getObject();
        TransactionStatus status = manager.getTransaction(new DefaultTransactionDefinition());
        try {
            chain.doFilter(request, response);
        } finally {
            manager.rollback(status);
        }
    }
}
