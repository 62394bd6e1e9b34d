using System.Reflection;
using System.Runtime.CompilerServices;

namespace Platform.Contracts.Tests;

public sealed class ShapeTests
{
    private static readonly Type[] Records =
        [.. typeof(IMessage).Assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false })];

    private static IEnumerable<PropertyInfo> Properties =>
        Records.SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly));

    [Fact]
    public void Contracts_are_sealed_records()
    {
        Assert.All(Records, type => Assert.True(type.IsSealed && type.GetMethod("<Clone>$") is not null, type.FullName));
    }

    [Fact]
    public void Properties_are_set_at_creation_only_and_none_is_required()
    {
        Assert.All(Properties, property =>
        {
            var isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ?? false;
            Assert.True(isInit && property.GetCustomAttribute<RequiredMemberAttribute>() is null, Name(property));
        });
    }

    [Fact]
    public void Nothing_on_the_wire_is_an_enum()
    {
        Assert.All(Properties, property => Assert.False((Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).IsEnum, Name(property)));
    }

    /// <summary>MassTransit writes a decimal as a string.</summary>
    [Fact]
    public void Nothing_on_the_wire_is_a_decimal()
    {
        Assert.DoesNotContain(Properties, property => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(decimal));
    }

    [Fact]
    public void Moments_carry_their_offset()
    {
        Assert.DoesNotContain(Properties, property => property.PropertyType == typeof(DateTime) || property.PropertyType == typeof(DateTime?));
    }

    [Fact]
    public void Every_event_says_when_it_happened()
    {
        var events = Records.Where(typeof(IEvent).IsAssignableFrom).ToList();
        Assert.NotEmpty(events);
        Assert.All(events, type => Assert.Equal(typeof(DateTimeOffset), type.GetProperty("At")?.PropertyType));
    }

    private static string Name(PropertyInfo property) => $"{property.DeclaringType!.Name}.{property.Name}";
}
