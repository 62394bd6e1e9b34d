using System.Text.Json;
using Platform.Check.Reports;
using Platform.Hosting.PredictionLog.Files;
using Platform.Hosting.PredictionLog.Kafka;

namespace Platform.Check.Logs;

/// <summary>Reads a prediction log: its commits, all its records, how far it was forwarded.</summary>
internal sealed class LogCheck(string folder, Report report)
{
    private readonly string _name = report.NameOf(folder);

    private string Records => $"{_name}/records";

    public void Run()
    {
        try
        {
            var log = LogFiles.Open(folder);
            CheckCommits(log.Found);
            CheckRecords(log);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            report.Add(new Fault(Records, _name, null, exception.Message, "every record of it", null));
        }
        CheckMark(Path.Combine(folder, "forwarded.json"));
    }

    private void CheckCommits(FoundCommit found)
    {
        var files = CommitFiles.All(folder);
        foreach (var path in files)
        {
            report.Read($"{_name}/commits", path);
            if (!LogFiles.IsCommit(path)) Add(report.NameOf(path), "it is damaged");
        }
        if (found is { IsLast: false, Commit: not null } && files.Count < CommitFiles.Count) Add($"{_name}/log-commits", "one of the two commits is missing");
        if (files.Count == 0 && HoldsAnything()) Add($"{_name}/log-commits", "both commits are missing");

        void Add(string file, string what) =>
            report.Add(new Fault($"{_name}/commits", file, null, what, "nothing", "from the other commit and the records"));
    }

    private bool HoldsAnything()
    {
        using var segments = new LogSegments(folder, LogFiles.Options.PageBytes, LogFiles.Options.SegmentBytes);
        return segments.HoldAnything;
    }

    private void CheckRecords(LogFiles log)
    {
        var damaged = new List<(string File, long Address, long Lost)>();
        var kept = 0;
        foreach (var (at, page) in log.Pages())
        {
            report.Found(Records, page.Frames.Count);
            if (page.DamagedAt is not { } address) continue;
            if (log.IsKept(at)) kept++;
            else damaged.Add((log.PathOf(at), address, page.Lost));
        }
        foreach (var path in Directory.EnumerateFiles(folder, "fasterlog.log.*")) report.Read(Records, path, records: 0);
        foreach (var file in damaged.GroupBy(place => place.File)) report.Add(Damaged([.. file]));
        if (log.LacksBeginning) report.Add(new Fault(Records, _name, $"addresses {log.Found.Commit!.BeginAddress} to {log.Commit!.BeginAddress}",
            "the files are missing", "the records in them", null));
        if (kept > 0) report.Note($"{_name}: {kept} damaged pages were set aside before; readers pass over what is damaged in them");
    }

    private Fault Damaged(List<(string File, long Address, long Lost)> places)
    {
        var lost = places.Sum(place => place.Lost);
        return new Fault(Records, report.NameOf(places[0].File), $"from address {places[0].Address} on, {places.Count} of its pages",
            File.Exists(places[0].File) ? "it is damaged" : "it is missing", lost > 0 ? $"{lost} records" : "records of which nothing tells how many", null);
    }

    private void CheckMark(string path)
    {
        if (!File.Exists(path)) return;
        report.Read($"{_name}/forwarded.json", path);
        if (!IsMark(File.ReadAllBytes(path))) report.Add(new Fault($"{_name}/forwarded.json", report.NameOf(path), null, "it is damaged",
            "how far records were forwarded", null));
    }

    private static bool IsMark(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize<ForwardMark>(content, Hosting.PlatformJson.Tolerant) is { Spool.Length: > 0, Address: >= 0, Number: >= 0 };
        }
        catch (JsonException)
        {
            return false; // the caller tells of it
        }
    }
}
