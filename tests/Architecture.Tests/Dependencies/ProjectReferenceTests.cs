using Platform.TestKit;

namespace Platform.Architecture.Tests.Dependencies;

public sealed class ProjectReferenceTests
{
    public static TheoryData<string> Services => PlatformService.Names;

    [Fact]
    public void Contracts_reference_nothing_at_all()
    {
        var contracts = ProjectFile.Read("contracts");
        Assert.Empty(contracts.Projects);
        Assert.Empty(contracts.Packages);
    }

    [Theory]
    [InlineData("hosting")]
    [InlineData("onnx")]
    public void Libraries_reference_contracts_at_most(string library)
    {
        Assert.Empty(ProjectFile.Read(library).Projects.Except(["contracts"]));
    }

    [Fact]
    public void Statistics_reference_hosting_at_most_for_what_values_mean()
    {
        Assert.Empty(ProjectFile.Read("statistics").Projects.Except(["hosting"]));
    }

    [Fact]
    public void Clients_reference_nothing_of_the_platform()
    {
        Assert.Empty(ProjectFile.Read("clients/dotnet").Projects);
        Assert.Empty(ProjectFile.Read("clients/load").Projects);
        Assert.Equal(["clients/dotnet", "clients/load"], ProjectFile.Read("clients/cli").Projects.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Services))]
    public void A_service_references_libraries_and_no_other_service(string service)
    {
        Assert.Empty(ProjectFile.Read($"services/{service}").Projects.Except(["hosting", "onnx", "statistics", "contracts"]));
    }

    [Fact]
    public void Standalone_composes_every_service_but_the_gateway_and_brings_the_samples()
    {
        var services = PlatformService.All.Select(service => $"services/{service.Name}").Except(["services/gateway"]).Append("samples/driver");
        Assert.Equal(services.Order(StringComparer.Ordinal), ProjectFile.Read("services/standalone").Projects.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_folder_of_services_is_known_here()
    {
        var folders = Directory.GetDirectories(Repository.PathOf("services")).Select(folder => Path.GetFileName(folder)!);
        Assert.Equal(PlatformService.All.Select(service => service.Name).Append("standalone").Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }
}
