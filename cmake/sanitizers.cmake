# What AddressSanitizer finds by itself need not be looked for twice: to build these in as well takes a
# quarter of the compiler's time.
if(GUARANTOR_SANITIZE MATCHES "address,undefined")
  target_compile_options(guarantor_compiler INTERFACE -fno-sanitize=null,vptr,object-size)
endif()
# ThreadSanitizer does not know fences; one thread runs the network, which needs none.
if(GUARANTOR_SANITIZE MATCHES "thread")
  target_compile_definitions(guarantor_compiler INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
endif()
