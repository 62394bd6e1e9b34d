using Platform.Check.Reports;

namespace Platform.Check;

/// <summary>Looks at a data folder, mends what it is asked to, and looks again.</summary>
internal static class Checker
{
    /// <summary>The exit status. Throws <see cref="IOException"/> when a process has the folder open.</summary>
    public static int Run(CheckCommand command, TextWriter to)
    {
        var folder = DataFolder.Find(Path.GetFullPath(command.Data));
        var before = folder.Look();
        if (!command.Repairs || before.Faults.Count == 0) return Tell(before, [], command, to);

        folder.Mend(before);
        var after = folder.Look();
        var status = Tell(after, [.. before.Faults.Except(after.Faults).Select(Mended)], command, to);
        return before.Faults.Any(fault => fault.Source is null) ? 1 : status;
    }

    private static int Tell(Report report, IReadOnlyList<string> repaired, CheckCommand command, TextWriter to)
    {
        ReportText.Write(report, repaired, command.IsJson, to);
        return report.Faults.Count == 0 ? 0 : 1;
    }

    private static string Mended(Fault fault) => fault.Source is null
        ? $"set aside: {fault.File}{fault.Of}; lost: {fault.Lost}"
        : $"repaired: {fault.File}{fault.Of}: {fault.Source}";
}
