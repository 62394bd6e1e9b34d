using Platform.Hosting.Http;

namespace Platform.Hosting.Tests.Defaults;

public sealed class RequestIdTests
{
    [Fact]
    public void A_new_id_is_a_version_7_UUID_of_its_time()
    {
        var id = Guid.Parse(RequestIds.Create(new FixedTime(DateTimeOffset.FromUnixTimeMilliseconds(0x0123456789AB))));

        Assert.StartsWith("01234567-89ab-7", id.ToString());
        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 8, 11);
    }

    [Fact]
    public void Ids_are_distinct()
    {
        var ids = new string[8][];
        Parallel.For(0, ids.Length, i => ids[i] = [.. Enumerable.Range(0, 10_000).Select(_ => RequestIds.Create(TimeProvider.System))]);

        Assert.Equal(80_000, ids.SelectMany(some => some).Distinct().Count());
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
