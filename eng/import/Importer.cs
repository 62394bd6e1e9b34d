namespace Platform.Import;

/// <summary>Copies from one server into the other.</summary>
internal static class Importer
{
    public static async Task<ImportReport> RunAsync(ImportCommand command, Func<string, string?> environment, TextWriter output)
    {
        using var source = MLflowServer.Source(command.From, environment);
        using var target = MLflowServer.Target(command.To, environment);
        var (report, tags) = (new ImportReport(output), new SourceTag(command.From));
        var artifacts = new ArtifactCopy(source, target, report);
        var runs = new RunImport(source, target, command, tags, artifacts, report);
        await new ExperimentImport(source, target, command, tags, runs, report).RunAsync();
        await new ModelImport(source, target, command, tags, new VersionImport(source, target, tags, runs, artifacts, report), report).RunAsync();
        return report;
    }
}
