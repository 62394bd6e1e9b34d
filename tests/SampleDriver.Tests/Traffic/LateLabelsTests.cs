using System.Text.Json.Nodes;
using Platform.SampleDriver.Traffic;

namespace Platform.SampleDriver.Tests.Traffic;

public sealed class LateLabelsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly LateLabels _labels = new(delay: TimeSpan.FromSeconds(15), capacity: 2);

    [Fact]
    public void A_label_is_due_only_after_the_delay()
    {
        _labels.Add("p1", JsonValue.Create("bad"), Start);
        Assert.Equal(0, _labels.CountDue(Start.AddSeconds(14)));
        Assert.Equal(1, _labels.CountDue(Start.AddSeconds(15)));
        var told = Assert.Single(_labels.Due(Start.AddSeconds(15)))!;
        Assert.Equal("""{"predictionId":"p1","label":"bad","at":"2026-01-01T00:00:15+00:00"}""", told.ToJsonString(Platform.Hosting.PlatformJson.Tolerant));
    }

    [Fact]
    public void What_was_told_is_forgotten_and_what_was_not_is_told_again()
    {
        _labels.Add("p1", JsonValue.Create(1), Start);
        _labels.Add("p2", JsonValue.Create(0), Start);
        Assert.Equal(2, _labels.Due(Start.AddMinutes(1)).Count);
        _labels.Told(1);
        Assert.Equal("p2", Assert.Single(_labels.Due(Start.AddMinutes(1)))!["predictionId"]!.GetValue<string>());
    }

    [Fact]
    public void Beyond_its_capacity_the_oldest_is_forgotten()
    {
        foreach (var id in new[] { "p1", "p2", "p3" }) _labels.Add(id, JsonValue.Create(1), Start);
        Assert.Equal(["p2", "p3"], _labels.Due(Start.AddMinutes(1)).Select(label => label!["predictionId"]!.GetValue<string>()));
    }
}
