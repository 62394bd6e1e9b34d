using System.Diagnostics;

namespace Platform.TestKit.Running;

/// <summary>
/// A small file system in memory that can really be full. It is mounted in a namespace of its own, where programs are started
/// (<see cref="Through"/>) and see it as <see cref="Folder"/>; it is gone with this process, however that ends.
/// </summary>
public sealed class SmallDisk : IDisposable
{
    /// <summary>Where those see it who run within.</summary>
    public const string Folder = "/mnt";

    private const int Block = 4096;

    private static readonly Lazy<string?> Missing = new(WhatIsMissing);

    private readonly Process _holder;

    private SmallDisk(Process holder) => _holder = holder;

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? Refusal => Missing.Value;

    /// <summary>What starts a program within.</summary>
    public IReadOnlyList<string> Through =>
        ["nsenter", "--target", $"{_holder.Id}", "--user", "--preserve-credentials", "--mount"];

    private string Filling => File("filling");

    /// <summary>Mounts one. Throws <see cref="InvalidOperationException"/> where that is not allowed.</summary>
    public static SmallDisk Mount(int megabytes)
    {
        var mount = $"mount -t tmpfs -o size={megabytes}m,mode=0700 none {Folder} && echo mounted && exec cat"; // ends with its standard input
        var start = new ProcessStartInfo("unshare", ["--map-root-user", "--mount", "sh", "-c", mount])
        { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        var holder = Process.Start(start)!;
        if (holder.StandardOutput.ReadLine() == "mounted") return new SmallDisk(holder);
        var said = holder.StandardError.ReadToEnd().Trim();
        holder.Dispose();
        throw new InvalidOperationException($"a file system cannot be mounted: {said}");
    }

    /// <summary>The path by which this process reaches something on it.</summary>
    public string File(params string[] parts) => Path.Combine([$"/proc/{_holder.Id}/root{Folder}", .. parts]);

    /// <summary>Takes all the room that there is, to the last block; called again, what has become free meanwhile.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filling, FileMode.Append, FileAccess.Write, FileShare.Read, 0);
        foreach (var piece in new[] { 1 << 20, Block })
            while (TryWrite(file, new byte[piece])) continue;
    }

    /// <summary>Gives the room back that was taken.</summary>
    public void Free() => System.IO.File.Delete(Filling);

    public void Dispose()
    {
        _holder.StandardInput.Close();
        _holder.WaitForExit();
        _holder.Dispose();
    }

    private static bool TryWrite(FileStream file, byte[] content)
    {
        try
        {
            file.Write(content);
            return true;
        }
        catch (IOException)
        {
            return false; // there is no room for it
        }
    }

    private static string? WhatIsMissing()
    {
        try
        {
            using var disk = Mount(1);
            using var entered = Process.Start(new ProcessStartInfo(disk.Through[0], [.. disk.Through.Skip(1), "true"]) { RedirectStandardError = true })!;
            entered.WaitForExit();
            return entered.ExitCode == 0 ? null : "needs a namespace that can be entered (nsenter)";
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"needs a file system of its own: {exception.Message}";
        }
    }
}
