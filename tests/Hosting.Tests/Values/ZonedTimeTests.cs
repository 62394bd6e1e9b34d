using System.Text.Json;
using Platform.Hosting.Values;

namespace Platform.Hosting.Tests.Values;

public sealed class ZonedTimeTests
{
    [Theory]
    [InlineData("2026-11-20T09:30:00Z", 0)]
    [InlineData("2026-11-20T09:30:00z", 0)]
    [InlineData("2026-11-20t09:30:00.123456Z", 0)]
    [InlineData("2026-11-20T09:30:00+08:00", 8)]
    [InlineData("2026-11-20T09:30:00.5-03:00", -3)]
    public void A_time_with_its_zone_is_one_moment(string text, int hours)
    {
        Assert.True(ZonedTime.TryRead(text, out var time));
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.FromHours(hours)), time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond)));
    }

    [Theory]
    [InlineData("2026-11-20T09:30:00")]
    [InlineData("2026-11-20")]
    [InlineData("2026-11-20T09:30:00 08:00")]
    [InlineData("2026-11-20T09:30:00+0800")]
    [InlineData("2026-13-20T09:30:00Z")]
    [InlineData("20/11/2026 09:30:00Z")]
    [InlineData("2026-11-20T09:30:00Z\n")]
    [InlineData("now")]
    [InlineData("")]
    [InlineData(null)]
    public void Any_other_text_is_refused(string? text) => Assert.False(ZonedTime.TryRead(text, out _));

    [Theory]
    [InlineData("\"2026-11-20T09:30:00\"")]
    [InlineData("1700000000")]
    public void A_request_body_needs_a_zone(string json)
    {
        var refused = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Dated>($$"""{"at":{{json}}}""", PlatformJson.Strict));

        Assert.Equal("$.at", refused.Path);
        Assert.StartsWith(ZonedTime.Expectation, refused.Message);
    }

    [Fact]
    public void A_time_is_written_as_before()
    {
        var dated = new Dated(new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero));

        Assert.Equal(JsonSerializer.Serialize(dated, PlatformJson.Tolerant), JsonSerializer.Serialize(dated, PlatformJson.Strict));
    }

    private sealed record Dated(DateTimeOffset? At);
}
