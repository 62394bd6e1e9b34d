using System.Text.RegularExpressions;
using Platform.TestKit;

namespace Platform.Architecture.Tests.Sources;

/// <summary>docs/architecture.md names rooms that are there.</summary>
public sealed partial class ArchitecturePageTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "architecture.md"));

    [Fact]
    public void Each_folder_that_a_sentence_names_is_there()
    {
        var named = Folder().Matches(Page).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(named.Count > 25, $"only {named.Count} folders are named");
        Assert.Equal([], named.Where(folder => !Directory.Exists(Repository.PathOf(folder.Split('/')))));
    }

    [Fact]
    public void Each_room_of_the_diagram_is_a_folder_of_its_building()
    {
        var rooms = Building().Matches(Page).SelectMany(building => Room().Matches(building.Groups["rooms"].Value)
            .SelectMany(room => room.Groups[1].Value.Split(", ")).Select(room => (Service: building.Groups["service"].Value, Room: room))).ToList();

        Assert.True(rooms.Count > 45, $"only {rooms.Count} rooms are drawn");
        Assert.Equal([], rooms.Where(room => !Directory.Exists(Repository.PathOf("services", room.Service, room.Room))));
    }

    [GeneratedRegex("`((?:services|hosting|onnx)/[A-Za-z/]+)`")]
    private static partial Regex Folder();

    [GeneratedRegex("""subgraph \w+\["services/(?<service>\w+)[^\n]*\n(?<rooms>.*?)\n  end""", RegexOptions.Singleline)]
    private static partial Regex Building();

    [GeneratedRegex("\\w\\[\"([^\"]+)\"\\]")]
    private static partial Regex Room();
}
