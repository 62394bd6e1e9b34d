using System.Text.Json;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.Files;

/// <summary>Something in a store's folder that is not what was written.</summary>
/// <param name="File">The file, seen from the store's folder.</param>
/// <param name="What">What is wrong with it, in words.</param>
/// <param name="At">When it was found (UTC).</param>
/// <param name="SetAside">The name in <c>damaged/</c> under which its content was kept; null when there was none to keep.</param>
internal sealed record Finding(string File, string What, DateTimeOffset At, string? SetAside);

/// <summary>
/// What was found damaged in a store's folder: told in the log once, kept in <c>damaged/</c> for whoever mends it, and remembered there until
/// that folder is removed.
/// </summary>
internal sealed class StoreDamage
{
    private const string List = "findings.json";

    private readonly string _folder;
    private readonly string _damaged;
    private readonly DurableFiles _files;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _finding = new();
    private volatile IReadOnlyList<Finding> _findings;

    /// <param name="folder">The store's folder.</param>
    /// <param name="files">What keeps the findings.</param>
    /// <param name="time">When something was found.</param>
    /// <param name="logger">Where it is told.</param>
    /// <param name="isAfresh">Whether what was found before counts for nothing, so that it is told again if it is still there.</param>
    public StoreDamage(string folder, DurableFiles files, TimeProvider time, ILogger logger, bool isAfresh = false)
    {
        (_folder, _damaged, _files, _time, _logger) = (folder, Path.Combine(folder, "damaged"), files, time, logger);
        _findings = isAfresh ? [] : Read();
        if (_findings.Count > 0) DocumentsLog.DamagedBefore(logger, _findings.Count, folder, _damaged);
    }

    /// <summary>All that was found, by this process or one before.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>What a person is told; null when nothing was found.</summary>
    public string? Degradation => _findings is not [var first, ..] ? null
        : $"{_findings.Count} damaged in '{_folder}', the first {first.File}, {first.What}; see '{_damaged}', and remove it when that is mended";

    /// <summary>Tells of a file; keeps <paramref name="content"/>, where there is any, before it is written over. Harmless when repeated.</summary>
    public void Found(string file, string what, byte[]? content)
    {
        lock (_finding)
        {
            if (_findings.LastOrDefault(known => known.File == file && known.What == what) is { } before && IsKept(before, content)) return;
            var finding = new Finding(file, what, _time.GetUtcNow(), content is null ? null : SetAside(file, content));
            DocumentsLog.Damaged(_logger, file, _folder, what, finding.SetAside ?? "nothing");
            IReadOnlyList<Finding> findings = [.. _findings, finding];
            _files.CreateFolder(_damaged);
            _files.Replace(Path.Combine(_damaged, List), JsonSerializer.SerializeToUtf8Bytes(findings, PlatformJson.Tolerant));
            _files.SyncFolder(_damaged);
            _findings = findings;
        }
    }

    /// <summary>As <see cref="Found"/>, of what stays where it is: that it could not be kept elsewhere, too, keeps nobody from reading on.</summary>
    public void Noticed(string file, string what, byte[]? content)
    {
        try
        {
            Found(file, what, content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            DocumentsLog.NotSetAside(_logger, exception, file, _folder);
        }
    }

    /// <summary>The same place may be damaged a second time, in another way.</summary>
    private bool IsKept(Finding finding, byte[]? content)
    {
        if (content is null || finding.SetAside is null) return true;
        var kept = Path.Combine(_damaged, finding.SetAside);
        return File.Exists(kept) && File.ReadAllBytes(kept).AsSpan().SequenceEqual(content);
    }

    private string SetAside(string file, byte[] content)
    {
        _files.CreateFolder(_damaged);
        var name = $"{_time.GetUtcNow():yyyyMMddTHHmmssfff}-{file.Replace('/', '.')}";
        _files.Replace(Path.Combine(_damaged, name), content);
        return name;
    }

    private IReadOnlyList<Finding> Read()
    {
        var path = Path.Combine(_damaged, List);
        if (!Directory.Exists(_damaged)) return [];
        try
        {
            return JsonSerializer.Deserialize<List<Finding>>(File.ReadAllBytes(path), PlatformJson.Tolerant) ?? [];
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            return [new Finding($"damaged/{List}", "cannot be read", _time.GetUtcNow(), null)];
        }
    }
}
