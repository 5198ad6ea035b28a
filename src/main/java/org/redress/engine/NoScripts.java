package org.redress.engine;

import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptEngineResolver;
import org.jspecify.annotations.Nullable;

/**
 * The engine finds no script engine, whichever lies on the class path: expressions of models are JUEL, those of decisions
 * FEEL, and neither is a script.
 */
final class NoScripts implements ScriptEngineResolver {

    @Override
    public void addScriptEngineFactory(ScriptEngineFactory factory) {
        // Offered by plug-ins; none is taken.
    }

    @Override
    public ScriptEngineManager getScriptEngineManager() {
        // With a class loader that knows no script engine
        return new ScriptEngineManager(ClassLoader.getPlatformClassLoader());
    }

    @Override
    public @Nullable ScriptEngine getScriptEngine(String language, boolean cached) {
        return null;
    }
}
