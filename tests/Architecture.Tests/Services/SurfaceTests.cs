using Platform.TestKit;

namespace Platform.Architecture.Tests.Services;

public sealed class SurfaceTests
{
    // The compiler makes it out of the top-level statements.
    private const string Program = "Program";

    public static TheoryData<string> Services => PlatformService.Names;

    [Theory, MemberData(nameof(Services))]
    public void A_service_shows_its_entry_class_a_marker_and_options_only(string name)
    {
        var assembly = PlatformService.Find(name).Assembly;
        var pascal = char.ToUpperInvariant(name[0]) + name[1..];
        Assert.All(assembly.GetExportedTypes().Where(type => type.Name != Program), type => Assert.True(
            type.Name == $"{pascal}Service" || type.Name == $"{pascal}Entry" || type.Name.EndsWith("Options", StringComparison.Ordinal),
            $"{type.FullName} is public"));
    }

    [Theory, MemberData(nameof(Services))]
    public void Every_class_that_nobody_derives_from_is_sealed(string name)
    {
        var types = PlatformService.Find(name).Assembly.GetTypes();
        var open = types.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !type.Name.StartsWith('<') && type.Name != Program);
        Assert.All(open, type => Assert.True(types.Any(other => other.BaseType == type), $"{type.FullName} could be sealed"));
    }

    [Theory, MemberData(nameof(Services))]
    public void A_service_says_on_one_page_what_it_owns(string name)
    {
        Assert.InRange(File.ReadAllLines(Repository.PathOf("services", name, "README.md")).Length, 8, 40);
    }
}
