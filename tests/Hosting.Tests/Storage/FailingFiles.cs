using Microsoft.Win32.SafeHandles;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Tests.Storage;

/// <summary>A disk that fails where it is told to: the write is torn, or what was written does not reach the disk.</summary>
internal sealed class FailingFiles : DurableFiles
{
    /// <summary>Whether an append writes the first half and fails, as on a full disk.</summary>
    public volatile bool TearsAppends;

    /// <summary>Whether nothing reaches the disk (fsync says EIO).</summary>
    public volatile bool FailsFlushes;

    /// <summary>Whether no name reaches the disk.</summary>
    public volatile bool FailsFolders;

    /// <summary>Whether no file is removed.</summary>
    public volatile bool FailsDeletes;

    public override void Delete(string path)
    {
        if (FailsDeletes) throw new IOException("Input/output error");
        base.Delete(path);
    }

    public override void Append(SafeFileHandle file, ReadOnlyMemory<byte> content, long offset)
    {
        base.Append(file, TearsAppends ? content[..(content.Length / 2)] : content, offset);
        if (TearsAppends) throw new IOException("No space left on device");
    }

    public override void Write(string path, ReadOnlyMemory<byte> content)
    {
        base.Write(path, content);
        if (FailsFlushes) throw new IOException("Input/output error");
    }

    public override void WriteSecret(string path, ReadOnlyMemory<byte> content)
    {
        base.WriteSecret(path, content);
        if (FailsFlushes) throw new IOException("Input/output error");
    }

    public override void Flush(SafeFileHandle file)
    {
        if (FailsFlushes) throw new IOException("Input/output error");
        base.Flush(file);
    }

    public override void SyncFolder(string folder)
    {
        if (FailsFolders) throw new IOException("Input/output error");
        base.SyncFolder(folder);
    }
}
