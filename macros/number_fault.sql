{# What is wrong with a cell that should be a number of some kind. #}
{% macro number_fault(format, value) -%}
case {{ format }}
    when 'number' then case when not coalesce(abs(try_cast({{ value }} as double))
        <= 1.7e308, false) then 'expected a number' end
    when 'positive_integer' then case
        when coalesce(try_cast({{ value }} as double), 0) not between 1 and 1e9
            or try_cast({{ value }} as double) % 1 <> 0
            then 'expected a whole number of at least 1'
    end
    when 'positive_number' then case
        when not coalesce(try_cast({{ value }} as double), 0) between 1e-9 and 1e9
            then 'expected a number above 0'
    end
    when 'share' then case
        when not coalesce(try_cast({{ value }} as double), 0) between 1e-9 and 1
            then 'expected a number above 0 and at most 1'
    end
    when 'percentile' then case
        when not coalesce(try_cast({{ value }} as double), 0) between 0.5 and 100
            then 'expected a percentile such as 99, or a share such as 0.99'
    end
    when 'confidence' then case
        when not coalesce(try_cast({{ value }} as double), 0) between 0.5 and 0.999999
            then 'expected a number from 0.5 to 0.999999, such as 0.95'
    end
end
{%- endmacro %}
