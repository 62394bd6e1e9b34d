namespace Platform.EndToEnd.Tests.Failures;

/// <summary>Tests over copies of what one process has written.</summary>
[CollectionDefinition(Name)]
public sealed class OverWrittenData : ICollectionFixture<WrittenData>
{
    public const string Name = "over written data";
}
