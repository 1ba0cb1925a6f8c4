import * as vscode from 'vscode';
import type { Diagnostic, SourceRange } from '../../model/diagnostic.ts';
import { diagnosticSource } from '../ids.ts';
import { tell } from '../tell.ts';

/** A place in a workflow file (1-based) as the editor counts (0-based). Nothing else converts between the two. */
export function toVsRange(range: SourceRange): vscode.Range {
  return new vscode.Range(
    Math.max(0, range.line - 1),
    Math.max(0, range.column - 1),
    Math.max(0, range.endLine - 1),
    Math.max(0, range.endColumn - 1),
  );
}

/** What the language says about a file, for the Problems panel. */
export function toVsDiagnostic(uri: vscode.Uri, diagnostic: Diagnostic): vscode.Diagnostic {
  const severity = severities[diagnostic.severity];
  const result = new vscode.Diagnostic(toVsRange(diagnostic), tell(diagnostic.message), severity);
  result.source = diagnosticSource;
  result.code = diagnostic.code;
  if (diagnostic.related !== undefined) {
    result.relatedInformation = diagnostic.related.map(
      (place) =>
        new vscode.DiagnosticRelatedInformation(
          new vscode.Location(uri, toVsRange(place)),
          tell(place.message),
        ),
    );
  }
  return result;
}

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;
