using Microsoft.Win32.SafeHandles;
using Platform.Hosting.Storage;

namespace Platform.Check.Stores;

/// <summary>Changes nothing, so that what a store does when it is opened can be tried.</summary>
internal sealed class UntouchedFiles : DurableFiles
{
    public override void Write(string path, ReadOnlyMemory<byte> content)
    {
        // Nothing is kept.
    }

    public override void WriteSecret(string path, ReadOnlyMemory<byte> content) => throw new NotSupportedException();

    public override string CreateFolder(string path) => path;

    public override void Rename(string from, string to)
    {
        // Nothing was written that could be.
    }

    public override void Delete(string path)
    {
        // It stays.
    }

    public override SafeFileHandle Create(string path) => throw new NotSupportedException();

    public override void Append(SafeFileHandle file, ReadOnlyMemory<byte> content, long offset) => throw new NotSupportedException();

    public override void Truncate(SafeFileHandle file, long length) => throw new NotSupportedException();

    public override void SyncFolder(string folder)
    {
        // Nothing was changed in it.
    }
}
