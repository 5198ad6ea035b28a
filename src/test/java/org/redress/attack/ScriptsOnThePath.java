package org.redress.attack;

import java.io.Reader;
import java.util.List;
import javax.script.AbstractScriptEngine;
import javax.script.Bindings;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.SimpleBindings;

/**
 * A script engine for Groovy and JavaScript as another library could bring one with it. It tells what it was given to run, so
 * that a test sees whether it was found; registered for JSR 223 in {@code META-INF/services}.
 */
public final class ScriptsOnThePath implements ScriptEngineFactory {

    @Override
    public ScriptEngine getScriptEngine() {
        return new AbstractScriptEngine() {
            @Override
            public Object eval(String script, ScriptContext context) {
                return "ran " + script;
            }

            @Override
            public Object eval(Reader reader, ScriptContext context) {
                throw new UnsupportedOperationException("Scripts come as text");
            }

            @Override
            public Bindings createBindings() {
                return new SimpleBindings();
            }

            @Override
            public ScriptEngineFactory getFactory() {
                return ScriptsOnThePath.this;
            }
        };
    }

    @Override
    public String getEngineName() {
        return "scripts-on-the-path";
    }

    @Override
    public String getEngineVersion() {
        return "1";
    }

    @Override
    public List<String> getExtensions() {
        return List.of("groovy", "js");
    }

    @Override
    public List<String> getMimeTypes() {
        return List.of();
    }

    @Override
    public List<String> getNames() {
        return List.of("groovy", "Groovy", "javascript", "JavaScript", "ecmascript");
    }

    @Override
    public String getLanguageName() {
        return "groovy";
    }

    @Override
    public String getLanguageVersion() {
        return "1";
    }

    @Override
    public Object getParameter(String key) {
        return "";
    }

    @Override
    public String getMethodCallSyntax(String object, String method, String... arguments) {
        return "";
    }

    @Override
    public String getOutputStatement(String text) {
        return "";
    }

    @Override
    public String getProgram(String... statements) {
        return "";
    }
}
