using Platform.TestKit.Running;

namespace Platform.EndToEnd.Tests.Running;

/// <summary>A test that runs where a file system may be mounted in a namespace of its own.</summary>
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.Refusal!;
}
